package io.sextant.app.enqueue;

import io.sextant.connectors.archive.Enqueuing;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How far a command is, on disk: who starts the same command again goes on there. */
final class StateFile {
    private static final String COMMAND = "command";
    private static final String AFTER = "after";
    private static final String SENT = "sent";
    private static final String LEFT_OUT = "left-out";

    private final Path file;
    private final String command;

    /** @param command what is asked for; a file of another one is refused */
    StateFile(Path file, String command) {
        this.file = file;
        this.command = command;
    }

    /**
     * Where to go on; the beginning where there is no file.
     *
     * @throws ConfigurationException if the file is another command's, or cannot be read
     */
    Enqueuing.State read() {
        if (!Files.exists(file)) {
            return Enqueuing.State.BEGIN;
        }
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
            if (!command.equals(values.getProperty(COMMAND))) {
                throw new ConfigurationException("--state " + file + " is of another command, "
                        + values.getProperty(COMMAND) + "; name another file, or delete it to begin again.");
            }
            return new Enqueuing.State(
                    values.getProperty(AFTER), number(values.getProperty(SENT)), number(values.getProperty(LEFT_OUT)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "--state " + file + " cannot be read (" + e.getMessage()
                            + "); name another file, or delete it to begin again.",
                    e);
        }
    }

    /** @throws ConfigurationException if the file cannot be written */
    void write(Enqueuing.State state) {
        Properties values = new Properties();
        values.setProperty(COMMAND, command);
        if (state.after() != null) {
            values.setProperty(AFTER, state.after());
        }
        values.setProperty(SENT, Long.toString(state.sent()));
        values.setProperty(LEFT_OUT, Long.toString(state.leftOut()));
        StringWriter text = new StringWriter();
        try {
            values.store(text, null);
            AtomicFile.write(file, text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--state " + file + " cannot be written (" + e.getMessage()
                            + "); name a file in a folder that can.",
                    e);
        }
    }

    /** There is nothing to go on with. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(@Nullable String text) {
        return Long.parseLong(String.valueOf(text));
    }
}
