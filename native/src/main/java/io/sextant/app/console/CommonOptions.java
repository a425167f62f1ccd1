package io.sextant.app.console;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    "Read this properties file too, after ./application.properties and ./config/application.properties.")
    private @Nullable Path configFile;

    /** Whether to log what happens. */
    public boolean isVerbose() {
        return isVerbose;
    }

    /**
     * Makes the file named by {@code --config} part of the configuration of this process, in Quarkus and without it.
     *
     * @throws ParameterException if there is no such file
     */
    public void applyConfiguration() {
        if (configFile != null) {
            if (!Files.isReadable(configFile) || Files.isDirectory(configFile)) {
                throw new ParameterException(
                        spec.commandLine(), "--config " + configFile + " is not a readable file; check the path.");
            }
            System.setProperty(
                    "smallrye.config.locations",
                    configFile.toAbsolutePath().toUri().toString());
        }
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
