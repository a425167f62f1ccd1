package ${package};

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.spi.TaskSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Settings of the task {@code ${task}}.
 *
 * @param answers key {@code answers}: what can be answered, with commas between; yes and no unless said
 */
record ${className}Settings(List<String> answers) {
    static final Set<String> KEYS = Set.of("answers");

    static ${className}Settings of(TaskSettings settings) {
        List<String> answers = Arrays.stream(settings.get("answers", "yes,no").split(","))
                .map(String::strip)
                .filter(answer -> !answer.isEmpty())
                .distinct()
                .toList();
        if (answers.isEmpty()) {
            throw new ConfigurationException(settings.prefix() + ".answers names no answer; write yes,no for instance.");
        }
        return new ${className}Settings(answers);
    }
}
