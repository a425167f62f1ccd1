package io.sextant.training.output;

import io.sextant.core.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is written at the end of long work, looked at before it: so that the work is not lost for a misspelt folder. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * @param option that names the file
     * @param file or null, where nothing is to be written
     * @throws ConfigurationException if it is a folder, or nothing can be written in its place
     */
    public static void requireWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(option + " " + file + " is a folder; name a file.");
        }
        if (Files.exists(file)) {
            if (!Files.isWritable(file)) {
                throw new ConfigurationException(option + " " + file + " cannot be written to; name another place.");
            }
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ConfigurationException(
                    option + " " + file + " lies in no folder that can be written to; make the folder first.");
        }
    }
}
