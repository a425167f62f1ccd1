package io.sextant.app.console;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Options that every verb has. */
@RegisterForReflection
public final class CommonOptions {
    private static final String VERBOSE = "--verbose";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = VERBOSE, description = "Log what happens, and show the stack trace of an error.")
    private boolean isVerbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Read this properties file too; it goes before ./application.properties and ./config/application.properties.")
    private @Nullable Path configFile;

    /** Whether to log what happens. */
    public boolean isVerbose() {
        return isVerbose;
    }

    /**
     * The file of {@code --config}.
     *
     * @throws ParameterException if it cannot be read
     */
    public Optional<Path> configFile() {
        if (configFile != null && (!Files.isReadable(configFile) || Files.isDirectory(configFile))) {
            throw new ParameterException(
                    spec.commandLine(), "--config " + configFile + " is not a readable file; check the path.");
        }
        return Optional.ofNullable(configFile);
    }

    /** Logs warnings only, or all there is on {@code --verbose}. For verbs that do not start Quarkus. */
    public void applyLogging() {
        QuietLogging.configure(isVerbose);
    }

    static boolean isVerbose(ParseResult parsed) {
        for (CommandLine line : parsed.asCommandLineList()) {
            if (line.getParseResult().hasMatchedOption(VERBOSE)) {
                return true;
            }
        }
        return false;
    }
}
