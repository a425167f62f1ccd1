package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.app.tasks.TaskDescription;
import io.sextant.tasks.TaskRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tasks of a registry, as a caller reads them. */
final class TaskList {
    private static final JsonMapper MAPPER = new JsonMapper();

    private TaskList() {}

    static String toJson(TaskRegistry registry) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        registry.tasks().forEach(task -> {
            Map<String, Object> description = TaskDescription.of(task.descriptor());
            description.put("url", "/v1/tasks/" + task.descriptor().name());
            tasks.add(description);
        });
        try {
            return MAPPER.writeValueAsString(Map.of("tasks", tasks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written", e);
        }
    }
}
