package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that gets its name once it is complete; until then nobody sees anything half-written. */
final class ResultFile implements AutoCloseable {
    private final Path file;
    private final Path partial;
    private final BufferedWriter writer;

    private ResultFile(Path file, Path partial, BufferedWriter writer) {
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
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling("." + absolute.getFileName() + ".partial");
        try {
            return new ResultFile(absolute, partial, Files.newBufferedWriter(partial, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    option + " " + file + " cannot be written (" + e + "); name another place.", e);
        }
    }

    /** @throws ConfigurationException if there is no folder to put the file in, or a folder where the file should be */
    static void requireWritable(Path file, String option) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ConfigurationException(
                    option + " " + file + " lies in no folder that can be written to; make the folder first.");
        }
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(option + " " + file + " is a folder; name a file.");
        }
    }

    void writeLine(String text) throws IOException {
        writer.write(text);
        writer.write('\n');
        writer.flush();
    }

    /** Gives the file its name. */
    void complete() throws IOException {
        writer.close();
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Drops the file if it was not completed. */
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(partial);
    }
}
