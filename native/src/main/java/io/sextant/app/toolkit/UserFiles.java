package io.sextant.app.toolkit;

import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.PropertiesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * The properties files a user may write, the later before the earlier: {@code ./application.properties}, {@code
 * ./config/application.properties}, the file of {@code --config}. Environment variables and system properties go before
 * all three. Found as a service by Quarkus, and used directly by verbs that do not start it.
 */
public final class UserFiles implements ConfigSourceProvider {
    /** System property with the path of the file of {@code --config}. */
    private static final String CHOSEN_FILE = "io.sextant.config";

    private static final int WORKING_FOLDER_ORDINAL = 255;
    private static final int CONFIG_FOLDER_ORDINAL = 260;
    private static final int CHOSEN_FILE_ORDINAL = 280;

    /** Makes a file part of the configuration of this process. */
    public static void choose(Path file) {
        System.setProperty(CHOSEN_FILE, file.toAbsolutePath().toString());
    }

    @Override
    public List<ConfigSource> getConfigSources(ClassLoader loader) {
        return sources();
    }

    /**
     * Those of the files that exist.
     *
     * @throws ConfigurationException naming a file that cannot be read
     */
    public static List<ConfigSource> sources() {
        List<ConfigSource> sources = new ArrayList<>();
        addIfPresent(sources, Path.of("application.properties"), WORKING_FOLDER_ORDINAL);
        addIfPresent(sources, Path.of("config", "application.properties"), CONFIG_FOLDER_ORDINAL);
        String chosen = System.getProperty(CHOSEN_FILE);
        if (chosen != null) {
            addIfPresent(sources, Path.of(chosen), CHOSEN_FILE_ORDINAL);
        }
        return List.copyOf(sources);
    }

    private static void addIfPresent(List<ConfigSource> sources, Path file, int ordinal) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            sources.add(PropertiesFile.source(file, ordinal));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The configuration file " + file + " cannot be read (" + e.getMessage() + "); mend or remove it.",
                    e);
        }
    }
}
