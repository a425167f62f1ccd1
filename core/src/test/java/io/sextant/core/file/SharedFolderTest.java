package io.sextant.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that write in one folder and have the same process id, as all that are the first in their container. */
class SharedFolderTest {
    @TempDir
    Path folder;

    @Test
    void keepsApartWhatTwoProgramsWrite() throws Exception {
        Path file = folder.resolve("weights");
        Program first = new Program();
        Program second = new Program();

        try (Closeable written = first.open(file)) {
            first.write(written, "all of it");
            second.deleteLeftovers(folder);
            try (Closeable other = second.open(file)) {
                second.write(other, "half");
                first.commit(written);
                assertThat(file).hasContent("all of it");
                second.write(other, " of another");
                second.commit(other);
            }
        }

        assertThat(file).hasContent("half of another");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void closingDeletesNothingOfAnotherProgram() throws Exception {
        Path file = folder.resolve("weights");
        Program first = new Program();
        Program second = new Program();

        Closeable written = first.open(file);
        first.write(written, "first");
        first.commit(written);
        try (Closeable other = second.open(file)) {
            second.write(other, "second");
            written.close();
            second.commit(other);
        }

        assertThat(file).hasContent("second");
    }

    /** The package's classes once more, with a state of their own. */
    private static final class Program extends ClassLoader {
        private static final String PACKAGE = AtomicFile.class.getPackageName() + ".";

        Program() {
            super(AtomicFile.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in =
                    Objects.requireNonNull(getParent().getResourceAsStream(name.replace('.', '/') + ".class"), name)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private Class<?> of(Class<?> type) throws ClassNotFoundException {
            return loadClass(type.getName(), true);
        }

        void deleteLeftovers(Path folder) throws ReflectiveOperationException {
            of(Leftovers.class).getMethod("delete", Path.class, int.class).invoke(null, folder, 1);
        }

        Closeable open(Path file) throws ReflectiveOperationException {
            return (Closeable)
                    of(AtomicFile.class).getMethod("open", Path.class).invoke(null, file);
        }

        void write(Object file, String text) throws Exception {
            OutputStream out =
                    (OutputStream) of(AtomicFile.class).getMethod("out").invoke(file);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void commit(Object file) throws ReflectiveOperationException {
            of(AtomicFile.class).getMethod("commit").invoke(file);
        }
    }
}
