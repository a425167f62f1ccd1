package io.sextant.training.world.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendersTest {
    private static final List<String> NO_NPM = List.of("no-such-npm");
    private static final Nouns NOUNS = Nouns.load().first(3);

    @TempDir
    private Path folder;

    @Test
    void readsWhatWasDecodedBeforeWithoutNpm() {
        SyntheticRenders.fill(folder, NOUNS);

        Renders renders = Renders.open(folder, NOUNS, step -> {}, NO_NPM);

        Noun last = NOUNS.list().get(2);
        assertThat(renders.of(last).level(0))
                .isEqualTo(SyntheticRenders.of(NOUNS).of(last).level(0));
    }

    @Test
    void saysHowToGoOnWithoutNpm() {
        assertThatThrownBy(() -> Renders.open(folder, NOUNS, step -> {}, NO_NPM))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no-such-npm")
                .hasMessageContaining("install npm")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void passesOnWhatAFailingNpmSays() {
        assertThatThrownBy(() ->
                        Renders.open(folder, NOUNS, step -> {}, List.of("sh", "-c", "echo 'no such package'; exit 7")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("no such package");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAnArchiveOfOtherContent() throws IOException {
        Files.writeString(folder.resolve("lobehub-fluent-emoji-3d-1.1.0.tgz"), "something else");

        assertThatThrownBy(() -> Renders.open(folder, NOUNS, step -> {}, NO_NPM))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SHA-512")
                .hasMessageContaining("delete the file");
    }

    @Test
    void doesNotUseADamagedFile() throws IOException {
        SyntheticRenders.fill(folder, NOUNS);
        Path file = folder.resolve("renders-1.1.0.bin");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        RenderCache cache = new RenderCache(file);

        assertThat(cache.read(NOUNS.list().stream().map(Noun::file).toList())).isEmpty();
    }

    @Test
    void doesNotUseAFileOfOtherNouns() {
        SyntheticRenders.fill(folder, NOUNS);

        RenderCache cache = new RenderCache(folder.resolve("renders-1.1.0.bin"));

        assertThat(cache.read(List.of("1f34e.webp", "26bd.webp", "1f388.webp"))).isEmpty();
    }

    @Test
    void readsWantedFilesOutOfAnArchive() throws IOException {
        byte[] tar = tar("package/a.txt", "first", "package/b.txt", "x".repeat(700), "package/c.txt", "last");

        Map<String, byte[]> read =
                TarEntries.read(new ByteArrayInputStream(tar), Set.of("package/b.txt", "package/c.txt", "missing"));

        assertThat(read).containsOnlyKeys("package/b.txt", "package/c.txt");
        assertThat(new String(read.get("package/c.txt"), StandardCharsets.US_ASCII))
                .isEqualTo("last");
    }

    @Test
    void refusesAnArchiveThatEndsWithinAFile() throws IOException {
        byte[] tar = Arrays.copyOf(tar("package/b.txt", "x".repeat(700)), 800);

        assertThatThrownBy(() -> TarEntries.read(new ByteArrayInputStream(tar), Set.of("package/b.txt")))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("package/b.txt");
    }

    private static byte[] tar(String... namesAndContents) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.US_ASCII);
            byte[] header = new byte[512];
            put(header, 0, namesAndContents[i]);
            put(header, 124, String.format("%011o", content.length));
            tar.write(header);
            tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        }
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
