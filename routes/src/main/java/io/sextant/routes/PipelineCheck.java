package io.sextant.routes;

import io.sextant.connectors.Connectors;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.TaskRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;

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
        Problems ofTasks = new Problems();
        TaskRegistry tasks = settings.taskRegistry(ofTasks);
        ofTasks.messages().forEach(problems::add);
        Predicate<String> mayExist = name -> !ofTasks.isEmpty() && isMeant(settings, name);
        Set<String> unusable = new HashSet<>();
        Connectors connectors = Connectors.standard(settings.connectors(), (scheme, failure) -> {
            unusable.add(scheme);
            problems.add(failure);
        });
        new PipelineAssembly(
                        tasks,
                        mayExist,
                        connectors,
                        context,
                        settings.imageLimits().maxBytes(),
                        problems)
                .check(settings.pipelines(), pipeline -> isAt(pipeline, unusable));
    }

    /** Whether a pipeline has a place of one of these connectors. */
    private static boolean isAt(PipelineSettings pipeline, Set<String> schemes) {
        List<String> uris = new ArrayList<>(pipeline.to());
        uris.add(pipeline.from());
        uris.addAll(pipeline.references());
        if (pipeline.deadLetter() != null) {
            uris.add(pipeline.deadLetter());
        }
        return schemes.stream().anyMatch(scheme -> uris.stream().anyMatch(uri -> uri.startsWith(scheme + ":")));
    }

    /** Whether a task that cannot be had may be one that is configured, and wrong, as was told. */
    private static boolean isMeant(SextantSettings settings, String task) {
        return settings.tasks().containsKey(task)
                || !settings.plugins().isEmpty()
                || !settings.taskFiles().isEmpty();
    }
}
