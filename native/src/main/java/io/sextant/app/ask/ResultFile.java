package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that gets its name once it is complete; until then nobody sees anything half-written. What is there and is no plain
 * file (a pipe, a device, a link) is never replaced but written through.
 */
final class ResultFile implements AutoCloseable {
    private static final int FILE_TYPE = 0xF000;
    private static final int BLOCK_DEVICE = 0x6000;

    private final OutputStream out;
    private final @Nullable AtomicFile fresh;

    private ResultFile(OutputStream out, @Nullable AtomicFile fresh) {
        this.out = out;
        this.fresh = fresh;
    }

    /**
     * Starts a file.
     *
     * @param option the option that named it, for messages
     * @throws ConfigurationException if it cannot be written where it is wanted
     */
    static ResultFile create(Path file, String option) {
        requireWritable(file, option);
        try {
            if (isWrittenThrough(file)) {
                return new ResultFile(new BufferedOutputStream(Files.newOutputStream(file)), null);
            }
            AtomicFile fresh = AtomicFile.open(file.toAbsolutePath());
            return new ResultFile(fresh.out(), fresh);
        } catch (IOException e) {
            throw new ConfigurationException(
                    option + " " + file + " cannot be written to (" + e + "); name another place.", e);
        }
    }

    /** Whether something is there that is not to be replaced: a pipe, a device, or a link, whatever it leads to. */
    private static boolean isWrittenThrough(Path file) {
        return Files.isSymbolicLink(file)
                || (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * @throws ConfigurationException if there is no folder to put the file in, a folder where the file should be, or something
     *     that cannot be written to
     */
    static void requireWritable(Path file, String option) {
        if (String.valueOf(file).isEmpty() || String.valueOf(file).equals("-")) {
            throw new ConfigurationException(option + " \"" + file + "\" names no file; name one.");
        }
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(option + " " + file + " is a folder; name a file.");
        }
        if (Files.exists(file) && isWrittenThrough(file)) {
            if (isBlockDevice(file) || !Files.isWritable(file)) {
                throw new ConfigurationException(
                        option + " " + file + " is no file and cannot be written to; name another place.");
            }
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ConfigurationException(
                    option + " " + file + " lies in no folder that can be written to; make the folder first.");
        }
    }

    /** What is written to a disk as such is the end of what it held. */
    private static boolean isBlockDevice(Path file) {
        try {
            return Files.getAttribute(file, "unix:mode") instanceof Integer mode && (mode & FILE_TYPE) == BLOCK_DEVICE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    void writeLine(String text) throws IOException {
        write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Adds this; where it is read through a pipe, it can be read at once. */
    void write(byte[] content) throws IOException {
        out.write(content);
        out.flush();
    }

    /** Gives the file its name, where it has not had it all along. */
    void complete() throws IOException {
        if (fresh == null) {
            out.close();
        } else {
            fresh.commit();
        }
    }

    /** Drops the file if it was not completed. */
    @Override
    public void close() throws IOException {
        if (fresh == null) {
            out.close();
        } else {
            fresh.close();
        }
    }
}
