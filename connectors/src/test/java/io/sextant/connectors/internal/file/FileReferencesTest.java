package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReferencesTest {
    @TempDir
    Path work;

    private Path root;
    private FileReferences references;

    @BeforeEach
    void createFolders() throws IOException {
        root = work.resolve("allowed");
        Files.createDirectories(root.resolve("sub"));
        Files.write(root.resolve("sub/a.jpg"), new byte[] {1, 2, 3});
        Files.write(work.resolve("secret.jpg"), new byte[] {9});
        references = new FileReferences(List.of(root));
    }

    @Test
    void readsBelowAnAllowedFolderInBothForms() {
        assertThat(references.read("file:" + root + "/sub/a.jpg", 3)).containsExactly(1, 2, 3);
        assertThat(references.read("file://" + root + "/sub/a.jpg", 3)).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatLiesElsewhere() {
        refuses("file:" + work + "/secret.jpg", "below none of the folders");
        refuses("file:" + root + "-2/a.jpg", "below none of the folders");
    }

    @Test
    void refusesToClimb() {
        refuses("file:" + root + "/../secret.jpg", "climbs");
        refuses("file:" + root + "/sub/../sub/a.jpg", "climbs");
    }

    @Test
    void refusesALinkOut() throws IOException {
        Files.createSymbolicLink(root.resolve("link.jpg"), work.resolve("secret.jpg"));
        Files.createSymbolicLink(root.resolve("folder"), work);

        refuses("file:" + root + "/link.jpg", "symbolic link");
        refuses("file:" + root + "/folder/secret.jpg", "symbolic link");
    }

    @Test
    void refusesWhatIsMissingOrAFolderOrTooLarge() {
        refuses("file:" + root + "/none.jpg", "missing");
        refuses("file:" + root + "/sub", "no file");
        assertThatThrownBy(() -> references.read("file:" + root + "/sub/a.jpg", 2))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("max-bytes=2");
    }

    @Test
    void refusesAPathThatCanNeverBeRead() throws IOException {
        Files.createSymbolicLink(root.resolve("one"), root.resolve("two"));
        Files.createSymbolicLink(root.resolve("two"), root.resolve("one"));

        refuses("file:" + root + "/" + "n".repeat(300), "300 bytes");
        refuses("file:" + root + "/" + "n".repeat(300) + "/a.jpg", "300 bytes");
        refuses("file:" + root + "/sub".repeat(1100), "mend the reference");
        refuses("file:" + root + "/sub/a.jpg/b.jpg", "is a file and no folder");
        refuses("file:" + root + "/one", "loop of symbolic links");
        refuses("file:" + root + "/one/a.jpg", "loop of symbolic links");
        Files.createSymbolicLink(root.resolve("left"), Path.of("right/x"));
        Files.createSymbolicLink(root.resolve("right"), Path.of("left/y"));
        refuses("file:" + root + "/left", "loop of symbolic links");
        refuses("file:" + root + "/right/a.jpg", "loop of symbolic links");
        Files.createSymbolicLink(root.resolve("self"), Path.of("self/self"));
        refuses("file:" + root + "/self", "loop of symbolic links");
        Files.createSymbolicLink(root.resolve("far"), Path.of("\u00e4".repeat(200) + ".jpg"));
        refuses("file:" + root + "/far", "too long a name in it: 404 bytes");
        Files.createFile(root.resolve("file"));
        Files.createSymbolicLink(root.resolve("below"), Path.of("file/a.jpg"));
        refuses("file:" + root + "/below", "which is a file and no folder");
        refuses("file:" + root + "/a\0b.jpg", "is no path");
    }

    @Test
    void triesAgainWhenTheAllowedFolderHasGone() throws IOException {
        Files.move(root, work.resolve("away"));
        assertThatThrownBy(() -> references.read("file:" + root + "/sub/a.jpg", 100))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("allowed folder " + root);
        Files.move(work.resolve("away"), root);
        assertThat(references.read("file:" + root + "/sub/a.jpg", 100)).hasSize(3);
    }

    private void refuses(String reference, String reason) {
        assertThatThrownBy(() -> references.read(reference, 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(reason);
    }
}
