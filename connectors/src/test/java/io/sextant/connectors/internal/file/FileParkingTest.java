package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileParkingTest {
    @TempDir
    Path work;

    private final FileParking parking = new FileParking();
    private Path done = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        done = Files.createDirectory(work.toRealPath().resolve("done"));
    }

    @Test
    void numbersWhatIsCalledAlikeAndOverwritesNothing() throws IOException {
        for (int i = 1; i <= 20; i++) {
            park("image.jpg", "content " + i);
        }

        assertThat(done.resolve("image.jpg")).hasContent("content 1");
        for (int i = 2; i <= 20; i++) {
            assertThat(done.resolve("image-" + i + ".jpg")).hasContent("content " + i);
        }
    }

    /** A crash between copying to another disk and deleting leaves it in both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 20})
    void knowsAFileAgainThatACrashLeftInBothPlaces(int number) throws IOException {
        for (int i = 1; i <= number; i++) {
            park("image.jpg", "content " + i);
        }
        List<String> before = files();

        park("image.jpg", "content " + number);

        assertThat(files()).isEqualTo(before);
        assertThat(work.resolve("image.jpg")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 9})
    void overwritesNothingWhereOneWasTakenAway(int gone) throws IOException {
        for (int i = 1; i <= 9; i++) {
            park("image.jpg", "content " + i);
        }
        Files.delete(done.resolve("image-" + gone + ".jpg"));
        List<String> before = files();

        park("image.jpg", "another");

        assertThat(files()).hasSize(9).containsAll(before);
        assertThat(before)
                .allSatisfy(name -> assertThat(done.resolve(name)).content().startsWith("content "));
    }

    @Test
    void takesThePlainNameAgainOnceItIsFree() throws IOException {
        park("sub/image.jpg", "content 1");
        park("sub/image.jpg", "content 2");
        Files.delete(done.resolve("sub/image.jpg"));

        park("sub/image.jpg", "content 3");

        assertThat(done.resolve("sub/image.jpg")).hasContent("content 3");
        assertThat(done.resolve("sub/image-2.jpg")).hasContent("content 2");
    }

    /** A camera may call all of its images alike. */
    @Test
    @Timeout(20)
    void looksForAFreeNumberAmongThousandsWithoutLookingAtEach() throws IOException {
        Files.writeString(done.resolve("image.jpg"), "content 1");
        for (int i = 2; i <= 5000; i++) {
            Files.writeString(done.resolve("image-" + i + ".jpg"), "content " + i);
        }
        for (int i = 5001; i <= 5250; i++) {
            park("image.jpg", "content " + i);
        }

        assertThat(files()).hasSize(5250);
        assertThat(done.resolve("image-5250.jpg")).hasContent("content 5250");
    }

    private void park(String name, String content) throws IOException {
        Path original = Files.writeString(work.resolve("image.jpg"), content);
        parking.park(original, new Folder(done), name, place -> {});
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(done)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
