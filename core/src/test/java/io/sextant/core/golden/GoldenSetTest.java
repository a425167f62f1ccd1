package io.sextant.core.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenSetTest {
    private static final String SUMS = "SHA256SUMS";

    @Test
    void holdsExactlyTheFilesItWasMadeOf() throws IOException {
        Path root = GoldenSet.open().path("");
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(root.resolve(SUMS))) {
            String[] digestAndName = line.split(" [ *]", 2);
            expected.put(digestAndName[1], digestAndName[0]);
        }

        assertThat(digests(root)).hasSizeGreaterThan(100).isEqualTo(expected);
    }

    @Test
    void failsWhereThereIsNoSet(@TempDir Path folder) {
        assertThatThrownBy(() -> GoldenSet.open(folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("-Dsextant.golden");
    }

    private static Map<String, String> digests(Path root) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.equals(SUMS)) {
                    digests.put(name, DigestUtils.sha256Hex(Files.readAllBytes(file)));
                }
            }
        }
        return digests;
    }
}
