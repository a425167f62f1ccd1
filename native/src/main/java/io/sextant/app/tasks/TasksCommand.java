package io.sextant.app.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.Table;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--json",
            description = "Write them as JSON: what each is for, what it needs, and the JSON Schema of its results.")
    private boolean isJson;

    /** @param terminal to write the list to */
    public TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        common.applyLogging();
        List<TaskDescriptor> tasks = Toolkit.configured(common).registry().tasks().stream()
                .map(VisionTask::descriptor)
                .toList();
        if (isJson) {
            terminal.out().println(json(tasks));
        } else {
            table(tasks).print(terminal.out());
        }
    }

    private static String json(List<TaskDescriptor> tasks) {
        try {
            return new JsonMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of(
                            "tasks", tasks.stream().map(TaskDescription::of).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }

    private static Table table(List<TaskDescriptor> tasks) {
        Table table = new Table("", "task", "image", "prompt", "box", "what it does");
        for (TaskDescriptor descriptor : tasks) {
            table.row(
                    descriptor.name(),
                    need(descriptor.imageNeed()),
                    need(descriptor.promptNeed()),
                    need(descriptor.boxNeed()),
                    descriptor.fullName() + ": " + descriptor.summary());
        }
        return table;
    }

    private static String need(InputNeed need) {
        return switch (need) {
            case REQUIRED -> "yes";
            case OPTIONAL -> "may";
            case UNUSED -> "-";
        };
    }
}
