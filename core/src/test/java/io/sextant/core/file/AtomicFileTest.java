package io.sextant.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] NEW = "new content".getBytes(StandardCharsets.UTF_8);
    private static final String NAME = ".sextant-0-0.tmp";
    private static final int WRITES = 20;
    private static final long WAIT_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void replacesAContentAndLeavesNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");

        AtomicFile.write(file, NEW);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void leavesAFileAloneThatHasTheContentAlready() throws IOException {
        Path file = Files.write(folder.resolve("a.json"), NEW);
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, longAgo);

        AtomicFile.write(file, NEW);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    }

    @Test
    void replacesASymbolicLinkInsteadOfWritingThroughIt() throws IOException {
        Path victim = Files.write(folder.resolve("victim"), NEW);
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);

        AtomicFile.write(link, "other".getBytes(StandardCharsets.UTF_8));

        assertThat(victim).hasBinaryContent(NEW);
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void neverShowsAReaderAPartOfAContent() throws Exception {
        Path file = folder.resolve("a.json");
        byte[] large = new byte[1 << 20];
        AtomicFile.write(file, large);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            Future<?> writing = writer.submit(() -> {
                for (byte i = 1; i <= WRITES; i++) {
                    byte[] content = large.clone();
                    Arrays.fill(content, i);
                    together.await(WAIT_SECONDS, TimeUnit.SECONDS);
                    AtomicFile.write(file, content);
                }
                return null;
            });
            for (byte i = 1; i <= WRITES; i++) {
                together.await(WAIT_SECONDS, TimeUnit.SECONDS);
                byte[] seen = Files.readAllBytes(file);
                byte[] whole = large.clone();
                Arrays.fill(whole, seen[0]);
                assertThat(seen).isEqualTo(whole);
                assertThat(seen[0]).isIn((byte) (i - 1), i);
            }
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void leavesNothingOfWhatWasNotCommitted() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");

        try (AtomicFile fresh = AtomicFile.open(file)) {
            fresh.out().write(NEW);
            fresh.out().flush();
        }

        assertThat(file).hasContent("old");
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void writesBesideANameThatLeavesNoRoom() throws IOException {
        Path file = folder.resolve("n".repeat(255));

        AtomicFile.write(file, NEW);

        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path file = folder.resolve("missing").resolve("a.json");

        assertThatThrownBy(() -> AtomicFile.write(file, NEW)).isInstanceOf(IOException.class);
    }

    @Test
    void movesAFileOverAnother() throws IOException {
        Path from = Files.write(folder.resolve("from"), NEW);
        Path to = Files.writeString(folder.resolve("to"), "old");

        AtomicFile.move(from, to);

        assertThat(from).doesNotExist();
        assertThat(to).hasBinaryContent(NEW);
    }

    @Test
    void movesBetweenFileSystems() throws IOException {
        Path memory = Path.of("/dev/shm");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
                "needs a second file system at /dev/shm");
        Path elsewhere = Files.createTempDirectory(memory, "sextant");
        try {
            Path from = Files.write(folder.resolve("from"), NEW);

            AtomicFile.move(from, elsewhere.resolve("to"));

            assertThat(from).doesNotExist();
            assertThat(elsewhere.resolve("to")).hasBinaryContent(NEW);
            assertThat(Files.list(elsewhere)).hasSize(1);
        } finally {
            Files.deleteIfExists(elsewhere.resolve("to"));
            Files.delete(elsewhere);
        }
    }

    @Test
    void deletesLeftoversOnlyAsDeepAsTold() throws IOException {
        Path near = Files.createFile(folder.resolve(".sextant-999999999-1.tmp"));
        Path far = Files.createFile(Files.createDirectory(folder.resolve("sub")).resolve(".sextant-999999999-2.tmp"));

        Leftovers.delete(folder, 1);
        assertThat(near).doesNotExist();
        assertThat(far).exists();

        Leftovers.delete(folder, Integer.MAX_VALUE);
        assertThat(far).doesNotExist();
    }

    @Test
    void leavesTheOldContentWhereAnotherFileCameInPlaceOfTheOneBeingWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Path temporary = folder.resolve(NAME);

        try (AtomicFile fresh = AtomicFile.open(file, () -> NAME, WriterLock.SYSTEM)) {
            fresh.out().write(NEW);
            Files.delete(temporary);
            Files.writeString(temporary, "of another");

            assertThatThrownBy(fresh::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("replaced");
            assertThatThrownBy(fresh::commitUnforced).isInstanceOf(IOException.class);
        }

        assertThat(file).hasContent("old");
        assertThat(temporary).hasContent("of another");
    }

    @Test
    void takesAnotherNameWhereItsFileWasDeletedBeforeItsLockWasHad() throws IOException {
        Path file = folder.resolve("a.json");
        Iterator<String> names = List.of(NAME, ".sextant-0-1.tmp").iterator();
        WriterLock late = (channel, shared) -> {
            Files.deleteIfExists(folder.resolve(NAME));
            return WriterLock.SYSTEM.take(channel, shared);
        };

        try (AtomicFile fresh = AtomicFile.open(file, names::next, late)) {
            fresh.out().write(NEW);
            fresh.commit();
        }

        assertThat(file).hasBinaryContent(NEW);
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void givesUpWhereEveryFileIsDeletedAtOnce() {
        WriterLock taken = (channel, shared) -> null;

        assertThatThrownBy(() -> AtomicFile.open(folder.resolve("a.json"), TemporaryName::random, taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.json");
    }

    @Test
    void leavesWhatThisProcessWrites() throws IOException {
        Path file = folder.resolve("a.json");
        try (AtomicFile fresh = AtomicFile.open(file)) {
            fresh.out().write(NEW);

            Leftovers.delete(folder, 1);

            fresh.commit();
        }

        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void leavesWhatAnotherProcessWritesUntilThatHasEnded() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.resolve("a.json").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(writer.getInputStream().read()).isEqualTo('w');
            Leftovers.delete(folder, 1);
            assertThat(Files.list(folder)).hasSize(1);
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        Leftovers.delete(folder, 1);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whereThereAreNoLocksAgeTellsALeftover() throws IOException {
        WriterLock none = (channel, shared) -> {
            throw new IOException("No locks available");
        };
        Path file = folder.resolve("a.json");
        Path leftover = Files.createFile(folder.resolve(NAME));
        try (AtomicFile fresh = AtomicFile.open(file, TemporaryName::random, none)) {
            fresh.out().write(NEW);
            fresh.commit();
        }
        assertThat(file).hasBinaryContent(NEW);
        Instant written = Files.getLastModifiedTime(leftover).toInstant();

        Leftovers.delete(folder, 1, none, Clock.fixed(written.plus(Duration.ofHours(23)), ZoneOffset.UTC));
        assertThat(leftover).exists();

        Leftovers.delete(folder, 1, none, Clock.fixed(written.plus(Duration.ofHours(25)), ZoneOffset.UTC));
        assertThat(leftover).doesNotExist();
    }

    /** A process that begins a file, says so with a letter, and is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            try (AtomicFile fresh = AtomicFile.open(Path.of(arguments[0]))) {
                fresh.out().write(NEW);
                System.out.write('w');
                System.out.flush();
                System.in.read();
            }
        }
    }
}
