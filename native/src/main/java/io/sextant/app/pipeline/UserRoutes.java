package io.sextant.app.pipeline;

import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SettingsReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Routes of the user's own, in Camel's YAML or XML, which run beside the pipelines or alone. Camel reads them by a key of its own. */
final class UserRoutes {
    private static final String KEY = "camel.main.routes-include-pattern";
    private static final String FILE = "file:";

    private UserRoutes() {}

    /** Lets Camel read these files, and no others that the key may name. */
    static void choose(List<String> files) {
        System.setProperty(KEY, files.stream().map(file -> FILE + file).collect(Collectors.joining(",")));
    }

    /** Whether there are any, as far as the configuration says. */
    static boolean areConfigured(List<? extends ConfigSource> files) {
        return pattern(files).isPresent();
    }

    /** Whether there are any, as far as the configuration says. */
    static boolean areConfigured(Config config) {
        return config.getOptionalValue(KEY, String.class)
                .filter(text -> !text.isBlank())
                .isPresent();
    }

    /** Adds a problem for each part of the key that finds no file; what lies on the class path is not looked for. */
    static void check(List<? extends ConfigSource> files, Problems problems) {
        for (String part : pattern(files).orElse("").split(",")) {
            String text = part.strip();
            if (text.startsWith(FILE) && !isThere(text.substring(FILE.length()))) {
                problems.add("There is no file " + text.substring(FILE.length())
                        + " of Camel routes; see to --routes, or to " + KEY + ".");
            }
        }
    }

    private static Optional<String> pattern(List<? extends ConfigSource> files) {
        return SettingsReader.foreignValue(files, KEY).filter(text -> !text.isBlank());
    }

    private static boolean isThere(String pattern) {
        int slash = pattern.lastIndexOf('/');
        Path folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
        String name = pattern.substring(slash + 1);
        if (pattern.contains("**")) {
            return true;
        }
        try {
            if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
                return Files.isRegularFile(folder.resolve(name));
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
                return found.iterator().hasNext();
            }
        } catch (IOException | InvalidPathException | PatternSyntaxException e) {
            return false;
        }
    }
}
