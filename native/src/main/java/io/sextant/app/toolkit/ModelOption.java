package io.sextant.app.toolkit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model: the same option for all verbs that ask one. */
@RegisterForReflection
public final class ModelOption {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "FOLDER",
            description =
                    "The model folder; goes before sextant.model.path. Without either, the embedded model answers.")
    private @Nullable Path folder;

    /** The folder that was named; null for the configured model, or the embedded one. */
    public @Nullable Path folder() {
        return folder;
    }
}
