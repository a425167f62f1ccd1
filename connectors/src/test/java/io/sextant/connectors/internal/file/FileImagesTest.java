package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.archive.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileImagesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void listsAllInOneOrderHoweverFewNamesItHolds(int namesAtOnce) throws IOException {
        List<String> names = List.of("a.jpg", "b.jpg", "c/1.jpg", "c/2.jpg", "c/d/1.jpg", "c/e.jpg", "d.jpg", "é.jpg");
        for (String name : names) {
            write(name);
        }
        FileImages images = new FileImages(folder, namesAtOnce);

        assertThat(list(images, null)).containsExactlyElementsOf(names);
        for (int i = 0; i < names.size(); i++) {
            assertThat(list(images, names.get(i)))
                    .as("behind " + names.get(i))
                    .containsExactlyElementsOf(names.subList(i + 1, names.size()));
        }
    }

    @Test
    void goesOnWhereTheLastOneHasGone() throws IOException {
        write("a/1.jpg");
        write("b.jpg");

        assertThat(list(new FileImages(folder), "a/0/gone.jpg")).containsExactly("a/1.jpg", "b.jpg");
        assertThat(list(new FileImages(folder), "a/9.jpg")).containsExactly("b.jpg");
        assertThat(list(new FileImages(folder), "a0/9.jpg")).containsExactly("b.jpg");
    }

    @Test
    void leavesOutWhatIsHiddenWrittenByUsOrALink() throws IOException {
        write("a.jpg");
        write(".hidden/a.jpg");
        write(".a.jpg");
        write("a.jpg.caption.json");
        write("a.jpg.reason.json");
        Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("a.jpg"));
        Files.createSymbolicLink(folder.resolve("links"), folder);

        assertThat(list(new FileImages(folder), null)).containsExactly("a.jpg");
    }

    @Test
    void tellsOfEachWhatMessagesAndFiltersNeed() throws IOException {
        write("trip/a b.jpg");
        List<StoredImage> found = new ArrayList<>();
        new FileImages(folder).forEach(null, found::add);

        Path file = folder.resolve("trip/a b.jpg");
        assertThat(found)
                .containsExactly(new StoredImage(
                        "file:" + file,
                        "trip/a b.jpg",
                        5,
                        Files.getLastModifiedTime(file).toInstant()));
    }

    @Test
    void saysWhatCannotBeListed() throws IOException {
        FileImages images = new FileImages(folder.resolve("none"));
        assertThatThrownBy(() -> images.forEach(null, image -> {}))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("none");
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "image");
    }

    private static List<String> list(FileImages images, @Nullable String after) {
        List<String> names = new ArrayList<>();
        images.forEach(after, image -> names.add(image.name()));
        return names;
    }
}
