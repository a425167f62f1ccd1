package io.sextant.tasks.camel;

import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.tasks.TaskRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** Tells in Camel's developer console which models are open, how much they have to do, and which tasks they answer. */
@DevConsole(name = "sextant", displayName = "Sextant", description = "Models that are open and the tasks they answer")
public final class SextantDevConsole extends AbstractDevConsole {
    /** Made by Camel, where {@code camel-console} is there. */
    public SextantDevConsole() {
        super("sextant", "sextant", "Sextant", "Models that are open and the tasks they answer");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> model : told()) {
            model.forEach(
                    (key, value) -> text.append(key).append(": ").append(value).append('\n'));
            text.append('\n');
        }
        return text.length() == 0 ? "No model is open.\n" : text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject document = new JsonObject();
        document.put("models", told());
        return document;
    }

    private List<Map<String, Object>> told() {
        CamelContext context = getCamelContext();
        List<Map<String, Object>> all = new ArrayList<>();
        if (context != null) {
            SextantModels.of(context).registries().forEach((model, tasks) -> all.add(told(model, tasks)));
        }
        return all;
    }

    private static Map<String, Object> told(VisionLanguageModel model, TaskRegistry registry) {
        ModelStatistics statistics = model.statistics();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", model.info().name());
        map.put("fingerprint", model.info().fingerprint());
        map.put("device", model.info().device());
        map.put("precision", model.info().precision());
        map.put("running", statistics.running());
        map.put("waiting", statistics.waiting());
        map.put(
                "tasks",
                registry.tasks().stream().map(task -> task.descriptor().name()).toList());
        return map;
    }
}
