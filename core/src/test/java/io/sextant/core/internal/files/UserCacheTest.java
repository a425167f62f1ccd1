package io.sextant.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
    @TempDir
    private Path root;

    private Path home;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        home = Files.createDirectory(root.resolve("home"));
        temporary = Files.createDirectory(root.resolve("tmp"));
    }

    @Test
    void takesTheUsersHome() throws IOException {
        assertThat(cache(Map.of(), home.toString()).folder()).isEqualTo(home.resolve(".cache"));
        assertThat(cache(Map.of(), home.toString()).hasHome()).isTrue();
    }

    @Test
    void prefersWhatXdgNames() throws IOException {
        Path chosen = root.resolve("chosen");
        assertThat(cache(Map.of("XDG_CACHE_HOME", chosen.toString()), home.toString())
                        .folder())
                .isEqualTo(chosen);
    }

    @Test
    void triesHomeOfTheEnvironmentWhereThereIsNoEntryAmongTheUsers() throws IOException {
        UserCache cache = cache(Map.of("HOME", home.toString()), "?");
        assertThat(cache.folder()).isEqualTo(home.resolve(".cache"));
        assertThat(cache.hasHome()).isFalse();
    }

    @Test
    void neverTakesAFolderThatIsNone() throws IOException {
        for (String none : new String[] {"?", "", "/nonexistent", "relative", null}) {
            UserCache cache = cache(Map.of("HOME", "/nonexistent"), none);
            assertThat(cache.lasting()).isEmpty();
            assertThat(cache.folder()).hasParent(temporary).isDirectory();
        }
        assertThat(Path.of("?")).doesNotExist();
    }

    @Test
    void goesOnWhereAFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "no folder");
        assertThat(cache(Map.of("XDG_CACHE_HOME", file.resolve("cache").toString()), home.toString())
                        .folder())
                .isEqualTo(home.resolve(".cache"));
    }

    @Test
    void sharesOneTemporaryFolderOfThisUserAlone() throws IOException {
        UserCache cache = cache(Map.of(), "?");
        Path folder = cache.temporary();
        assertThat(cache.temporary()).isEqualTo(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(temporary)) {
            assertThat(all).containsExactly(folder);
        }

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(cache.temporary()).as("others might have written there").isNotEqualTo(folder);
    }

    @Test
    void takesNoLinkThatSomebodyLaid() throws IOException {
        UserCache cache = cache(Map.of(), "?");
        Path folder = cache.temporary();
        Files.delete(folder);
        Files.createSymbolicLink(folder, home);
        assertThat(cache.temporary()).isNotEqualTo(folder);
    }

    private UserCache cache(Map<String, String> environment, @Nullable String userHome) {
        return new UserCache(environment, userHome, temporary);
    }
}
