package io.sextant.app.playground;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which playground: the same option for all that have to do with one. */
@RegisterForReflection
final class FolderOption {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = PlaygroundFolder.USUAL,
            description = "The playground's data, logs and pipelines to try. Default: ./${DEFAULT-VALUE}.")
    private Path path;

    PlaygroundFolder folder() {
        return new PlaygroundFolder(path);
    }
}
