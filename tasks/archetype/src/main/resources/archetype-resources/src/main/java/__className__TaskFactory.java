package ${package};

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code ${task}}. */
public final class ${className}TaskFactory implements TaskFactory {
    static final String NAME = "${task}";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(${className}Settings.KEYS);
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new ${className}Task(${className}Settings.of(settings));
    }
}
