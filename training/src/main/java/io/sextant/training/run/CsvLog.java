package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A log in comma-separated values whose first column is the step. Rows behind the step a run goes on from are dropped, and what a
 * crash has left of a row.
 */
final class CsvLog implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;

    private CsvLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * @param header names of the columns
     * @param step rows of this step and later ones are dropped
     */
    static CsvLog open(Path file, String header, long step) {
        try {
            List<String> rows = new ArrayList<>(List.of(header));
            if (Files.exists(file)) {
                // Not as UTF-8: a crash of the machine may leave any bytes at the end.
                for (String row : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    if (isWhole(row, header) && isBefore(row, step)) {
                        rows.add(row);
                    }
                }
            }
            AtomicFile.write(file, (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8));
            return new CsvLog(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static boolean isWhole(String row, String header) {
        return row.split(",", -1).length == header.split(",", -1).length && !row.endsWith(",");
    }

    private static boolean isBefore(String row, long step) {
        int comma = row.indexOf(',');
        return comma > 0
                && row.substring(0, comma).matches("\\d{1,18}")
                && Long.parseLong(row.substring(0, comma)) < step;
    }

    /** Writes a row, and makes sure that it is in the file. */
    void add(String format, Object... values) {
        try {
            writer.write(String.format(Locale.ROOT, format, values) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static ConfigurationException unwritable(Path file, IOException cause) {
        return new ConfigurationException("The log " + file + " cannot be written: " + cause, cause);
    }
}
