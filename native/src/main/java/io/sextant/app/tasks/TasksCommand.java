package io.sextant.app.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.Table;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.VisionTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tasks: built-in, plugged in and declared. */
@Command(
        name = "tasks",
        description = "Lists the tasks there are, and what each needs.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class TasksCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    /** @param terminal to write the list to */
    public TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        common.applyLogging();
        Table table = new Table("", "task", "image", "prompt", "box", "what it does");
        for (VisionTask task : Toolkit.configured(common).registry().tasks()) {
            TaskDescriptor descriptor = task.descriptor();
            table.row(
                    descriptor.name(),
                    need(descriptor.imageNeed()),
                    need(descriptor.promptNeed()),
                    need(descriptor.boxNeed()),
                    descriptor.fullName() + ": " + descriptor.summary());
        }
        table.print(terminal.out());
    }

    private static String need(InputNeed need) {
        return switch (need) {
            case REQUIRED -> "yes";
            case OPTIONAL -> "may";
            case UNUSED -> "-";
        };
    }
}
