package io.sextant.app.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Table;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.ModelOption;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.declared.TaskExample;
import io.sextant.tasks.declared.TaskFile;
import io.sextant.tasks.declared.TaskFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks the declared tasks what their files give as examples, and holds the answers against what is right. */
@Command(
        name = "check",
        description = "Asks declared tasks the examples of their files, and tells which answers are right.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ModelOpener opener;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ModelOption modelOption;

    /**
     * @param terminal to write to
     * @param opener opens the model
     */
    public CheckCommand(Terminal terminal, ModelOpener opener) {
        this.terminal = terminal;
        this.opener = opener;
    }

    @Override
    public Integer call() {
        common.applyLogging();
        Toolkit toolkit = Toolkit.configured(common);
        List<TaskFile> files = TaskFiles.read(toolkit.settings().taskFiles(), terminal::note).stream()
                .filter(file -> !file.examples().isEmpty())
                .toList();
        if (files.isEmpty()) {
            terminal.note(
                    "There is no example to ask; sextant.plugins.tasks names files of declared tasks, and these have"
                            + " the key \"examples\".");
            return ExitCode.DONE;
        }
        ModelSettings settings = toolkit.model(modelOption.folder());
        try (VisionLanguageModel model = toolkit.open(opener, settings, terminal)) {
            return ask(toolkit, toolkit.runner(model, settings.folder(), null), files);
        }
    }

    private int ask(Toolkit toolkit, TaskRunner runner, List<TaskFile> files) {
        Table table = new Table("", "task", "", "image", "prompt", "answer");
        boolean isRight = true;
        for (TaskFile file : files) {
            for (TaskExample example : file.examples()) {
                Told told = ask(toolkit, runner, file.task().name(), example);
                isRight &= told.isRight();
                Path image = example.image();
                table.row(
                        file.task().name(),
                        told.isRight() ? "ok" : "WRONG",
                        image == null ? "" : String.valueOf(image.getFileName()),
                        example.prompt(),
                        told.text());
            }
        }
        table.print(terminal.out());
        return isRight ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** An example that cannot be asked is a wrong one: the others are asked all the same. */
    private static Told ask(Toolkit toolkit, TaskRunner runner, String task, TaskExample example) {
        try {
            Path file = example.image();
            RgbImage image = file == null ? null : toolkit.decoder().decode(file);
            TaskInput input = TaskInput.builder(image)
                    .prompt(example.prompt())
                    .box(example.box())
                    .headers(example.headers())
                    .settings(toolkit.settings().generation())
                    .build();
            TaskOutcome outcome = runner.run(task, input);
            return example.difference(outcome.result(), outcome.text())
                    .map(difference -> new Told(false, difference))
                    .orElseGet(() -> new Told(true, TaskExample.said(outcome.result(), outcome.text())));
        } catch (SextantException e) {
            if (e.category() == ErrorCategory.CONFIGURATION) {
                throw e;
            }
            return new Told(false, String.valueOf(e.getMessage()));
        }
    }

    private record Told(boolean isRight, String text) {}
}
