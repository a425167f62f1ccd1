package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tasks of a registry, as a caller reads them. */
final class TaskList {
    private static final JsonMapper MAPPER = new JsonMapper();

    private TaskList() {}

    static String toJson(TaskRegistry registry) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        registry.tasks().forEach(task -> tasks.add(describe(task.descriptor())));
        try {
            return MAPPER.writeValueAsString(Map.of("tasks", tasks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written", e);
        }
    }

    private static Map<String, Object> describe(TaskDescriptor task) {
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
        description.put("url", "/v1/tasks/" + task.name());
        return description;
    }

    private static String word(InputNeed need) {
        return need.name().toLowerCase(Locale.ROOT);
    }
}
