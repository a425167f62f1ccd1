package io.sextant.routes;

import io.sextant.connectors.Connectors;
import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.TaskRegistry;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with pipelines without a model, and without touching what they read and write. */
public final class PipelineCheck {
    private PipelineCheck() {}

    /**
     * Looks at tasks, steps, sources and sinks. What only the running application knows is left out: a repository of
     * Camel's registry that {@code idempotent=bean:name} names.
     *
     * @param context by whose components URIs are read; it need not be started
     * @param problems gets everything that is found wrong
     */
    public static void check(SextantSettings settings, CamelContext context, Problems problems) {
        TaskRegistry tasks = gather(problems, settings::taskRegistry);
        Connectors connectors = gather(problems, () -> Connectors.standard(settings.connectors()));
        if (connectors != null) {
            new PipelineAssembly(
                            tasks, connectors, context, settings.imageLimits().maxBytes(), problems)
                    .check(settings.pipelines());
        }
    }

    private static <T> @Nullable T gather(Problems problems, Supplier<T> part) {
        try {
            return part.get();
        } catch (ConfigurationException e) {
            problems.add(e);
            return null;
        }
    }
}
