package io.sextant.app.model;

import io.quarkus.runtime.annotations.RegisterForReflection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with model folders. */
@Command(
        name = "model",
        description = "Looks into a model folder, or makes one to try things out.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(inspect | random)")
@RegisterForReflection
public final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: model inspect [FOLDER] or model random FOLDER.");
    }
}
