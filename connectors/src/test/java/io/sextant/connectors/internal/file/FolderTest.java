package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
    @TempDir
    Path work;

    private Path root;

    @BeforeEach
    void createRoot() throws IOException {
        work = work.toRealPath();
        root = Files.createDirectory(work.resolve("root"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "a/../../other", "..", ".", "/etc/passwd", "a/\0b"})
    void refusesNamesThatLeadOut(String name) {
        assertThatThrownBy(() -> Folder.of(root).creating(name)).isInstanceOf(InvalidImageException.class);
        assertThatThrownBy(() -> Folder.of(root).existing(name)).isInstanceOf(InvalidImageException.class);
        assertThat(work.resolve("other")).doesNotExist();
    }

    @Test
    void createsTheFoldersOnTheWay() {
        assertThat(Folder.of(root).creating("a/b/c.jpg")).isEqualTo(root.resolve("a/b/c.jpg"));
        assertThat(root.resolve("a/b")).isDirectory();
    }

    @Test
    void refusesFoldersBehindALink() throws IOException {
        Path outside = Files.createDirectory(work.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);

        assertThatThrownBy(() -> Folder.of(root).creating("link/c.jpg"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> Folder.of(root).creating("link/sub/c.jpg")).isInstanceOf(InvalidImageException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void followsTheLinksOfWhoeverConfiguredIt() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), root);

        assertThat(Folder.of(link)).isEqualTo(Folder.of(root));
        assertThat(Folder.of(link.resolve("new"))).isEqualTo(Folder.of(root.resolve("new")));
        assertThat(Folder.of(link.resolve("..").resolve("other")).path()).isEqualTo(work.resolve("other"));
    }

    @Test
    void refusesItselfOnceItHasBecomeALink() throws IOException {
        Folder folder = Folder.of(root);
        Path outside = Files.createDirectory(work.resolve("outside"));
        Files.delete(root);
        Files.createSymbolicLink(root, outside);

        assertThatThrownBy(() -> folder.creating("a.jpg")).isInstanceOf(InvalidImageException.class);
    }
}
