package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A text file that gets its name once it is complete; until then nobody sees anything half-written. What is there and is no
 * plain file (a pipe, a device, a link) is never replaced but written through.
 */
final class ResultFile implements AutoCloseable {
    private static final int FILE_TYPE = 0xF000;
    private static final int BLOCK_DEVICE = 0x6000;

    private final Path file;
    private final @Nullable Path partial;
    private final BufferedWriter writer;

    private ResultFile(Path file, @Nullable Path partial, BufferedWriter writer) {
        this.file = file;
        this.partial = partial;
        this.writer = writer;
    }

    /**
     * Starts a file.
     *
     * @param option the option that named it, for messages
     * @throws ConfigurationException if it cannot be written where it is wanted
     */
    static ResultFile create(Path file, String option) {
        requireWritable(file, option);
        if (isWrittenThrough(file)) {
            return through(file, option);
        }
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling("." + absolute.getFileName() + ".partial");
        try {
            return new ResultFile(absolute, partial, Files.newBufferedWriter(partial, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    option + " " + file + " cannot be written (" + e + "); name another place.", e);
        }
    }

    private static ResultFile through(Path file, String option) {
        try {
            return new ResultFile(file, null, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
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
        writer.write(text);
        writer.write('\n');
        writer.flush();
    }

    /** Gives the file its name, where it has not had it all along. */
    void complete() throws IOException {
        writer.close();
        if (partial != null) {
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Drops the file if it was not completed. */
    @Override
    public void close() throws IOException {
        writer.close();
        if (partial != null) {
            Files.deleteIfExists(partial);
        }
    }
}
