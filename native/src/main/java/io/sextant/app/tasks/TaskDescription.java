package io.sextant.app.tasks;

import io.sextant.tasks.TaskSchemas;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A task as lists in JSON describe it. */
public final class TaskDescription {
    private TaskDescription() {}

    /** What it is for, what it needs and what it answers; keys always in the same order. */
    public static Map<String, Object> of(TaskDescriptor task) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", task.name());
        description.put("fullName", task.fullName());
        description.put("summary", task.summary());
        description.put("image", word(task.imageNeed()));
        description.put("prompt", word(task.promptNeed()));
        description.put("box", word(task.boxNeed()));
        if (!task.headers().isEmpty()) {
            Map<String, Object> headers = new TreeMap<>();
            task.headers().forEach((header, need) -> headers.put(header, word(need)));
            description.put("headers", headers);
        }
        description.put("examplePrompt", task.examplePrompt());
        description.put("resultSchema", TaskSchemas.ofResult(task));
        return description;
    }

    private static String word(InputNeed need) {
        return need.name().toLowerCase(Locale.ROOT);
    }
}
