package io.sextant.app.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Printable;
import io.sextant.app.console.Table;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.ModelOption;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.Familiarity;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.Findings;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts sample images through all six tasks, and says where to look. */
@Command(
        name = "demo",
        description = "Puts sample images through all six tasks, and says where to look.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class DemoCommand implements Callable<Integer> {
    private static final int SHOWN_CHARACTERS = 60;

    private final Terminal terminal;
    private final ModelOpener opener;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ModelOption modelOption;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "sextant-demo",
            description = "Where images and results go. Default: ./${DEFAULT-VALUE}.")
    private Path output;

    /**
     * @param terminal to show answers on
     * @param opener opens the model
     */
    public DemoCommand(Terminal terminal, ModelOpener opener) {
        this.terminal = terminal;
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException {
        common.applyLogging();
        opener.prepareEarly();
        Toolkit toolkit = Toolkit.configured(common);
        Files.createDirectories(output);
        ModelSettings model = toolkit.model(modelOption.folder());
        try (VisionLanguageModel opened = toolkit.open(opener, model, terminal);
                Familiarity familiarity = Familiarity.of(opened, model.folder()).orElse(null)) {
            for (SampleScene scene : SampleScene.ALL) {
                show(
                        scene,
                        toolkit,
                        toolkit.runner(opened, model.folder(), familiarity),
                        toolkit.settings().generation());
            }
        }
        sayWhereToLook(toolkit.isEmbedded(modelOption.folder()));
        return ExitCode.DONE;
    }

    private void show(SampleScene scene, Toolkit toolkit, TaskRunner runner, GenerationSettings settings)
            throws IOException {
        Path file = output.resolve(scene.fileName());
        try (InputStream stream =
                Objects.requireNonNull(DemoCommand.class.getResourceAsStream(scene.fileName()), scene.fileName())) {
            Files.write(file, stream.readAllBytes());
        }
        RgbImage image = toolkit.decoder().decode(file);
        List<TaskCall> calls = scene.steps().stream()
                .map(step -> new TaskCall(
                        step.task(),
                        TaskInput.builder(image)
                                .prompt(step.prompt())
                                .box(step.task().equals("identify") ? scene.box() : null)
                                .settings(settings)
                                .build()))
                .toList();
        terminal.progress(scene.fileName() + ": six questions ...");
        Table table = new Table("  ", "task", "question", "answer");
        for (TaskOutcome outcome : runner.runAll(calls)) {
            String base = scene.fileName() + "." + outcome.task();
            Files.write(output.resolve(base + ".json"), ResultJson.INDENTED.toBytes(outcome));
            Files.write(
                    output.resolve(base + ".png"),
                    OutcomeImage.of(outcome, image).toPng());
            String found = Findings.of(outcome).summary();
            table.row(outcome.task(), outcome.prompt(), shortened(found.isEmpty() ? outcome.text() : found));
        }
        terminal.out().println(scene.fileName());
        table.print(terminal.out());
        terminal.out().println();
        terminal.out().flush();
    }

    private void sayWhereToLook(boolean isEmbedded) {
        terminal.out()
                .println("Images with the answers drawn on them, and the results as JSON, are in " + output + "/");
        if (isEmbedded) {
            terminal.out().println(Toolkit.EMBEDDED_MODEL_LIMITS);
        }
        terminal.out()
                .println("Next: " + terminal.command() + " ask "
                        + output.resolve(SampleScene.ALL.get(0).fileName()) + " --chat");
        terminal.out().flush();
    }

    private static String shortened(String text) {
        String line = Printable.lines(text.replaceAll("\\s+", " "));
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
