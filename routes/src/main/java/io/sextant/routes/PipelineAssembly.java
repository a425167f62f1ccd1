package io.sextant.routes;

import io.sextant.connectors.Connectors;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.SextantException;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.Problems;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.VisionTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes pipelines of their settings. What is wrong with any of them is gathered, so that all are built or none is. */
final class PipelineAssembly {
    private static final Logger LOGGER = LoggerFactory.getLogger(PipelineAssembly.class);

    private final TaskRegistry tasks;
    private final Predicate<String> mayExist;
    private final Connectors connectors;
    private final CamelContext context;
    private final long maxImageBytes;
    private final Set<String> idempotent = new HashSet<>();
    private final Problems problems;

    PipelineAssembly(TaskRegistry tasks, Connectors connectors, CamelContext context, long maxImageBytes) {
        this(tasks, name -> false, connectors, context, maxImageBytes, new Problems());
    }

    /**
     * @param mayExist of a task's name: whether it is none of these only because it is wrong, which was told already
     * @param problems gets what is wrong
     */
    PipelineAssembly(
            TaskRegistry tasks,
            Predicate<String> mayExist,
            Connectors connectors,
            CamelContext context,
            long maxImageBytes,
            Problems problems) {
        this.tasks = tasks;
        this.mayExist = mayExist;
        this.connectors = connectors;
        this.context = context;
        this.maxImageBytes = maxImageBytes;
        this.problems = problems;
    }

    /** @throws io.sextant.core.error.ConfigurationException with everything that is wrong with any pipeline */
    List<Pipeline> assemble(List<PipelineSettings> all) {
        List<Pipeline> pipelines = assemble(all, this::answered);
        problems.throwIfAny();
        return pipelines;
    }

    /**
     * Gathers what is wrong and makes nothing; where there are no beans, none is looked for.
     *
     * @param arePlacesUnclear of which pipelines nothing can be said about places, since what was told already is wrong with these
     */
    void check(List<PipelineSettings> all, Predicate<PipelineSettings> arePlacesUnclear) {
        all.stream().filter(arePlacesUnclear).forEach(this::checkSteps);
        assemble(all.stream().filter(arePlacesUnclear.negate()).toList(), settings -> {
            String place = settings.idempotent();
            return place == null || IdRepositories.isBean(place) ? null : answered(settings);
        });
    }

    private List<Pipeline> assemble(
            List<PipelineSettings> all, Function<PipelineSettings, @Nullable AnsweredQuestions> memory) {
        List<Pipeline> pipelines = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PipelineSettings settings : all) {
            problems.require(names.add(settings.name()), "Two pipelines are named \"" + settings.name() + "\".");
            checkSteps(settings);
            DeadLetterSink letters = problems.attempt(key(settings), () -> deadLetterSink(settings));
            Map<String, ReferenceReader> references = problems.attempt(key(settings), () -> references(settings));
            ImageSource source = problems.attempt(
                    key(settings), () -> source(settings, letters, references == null ? Map.of() : references));
            List<ResultSink> sinks = sinks(settings, source);
            if (source != null) {
                pipelines.add(new Pipeline(settings, source, sinks, memory.apply(settings)));
            }
        }
        return pipelines;
    }

    private @Nullable AnsweredQuestions answered(PipelineSettings settings) {
        String place = settings.idempotent();
        if (place == null) {
            return null;
        }
        problems.require(
                connectors.forUri(settings.from()).bringsMessages(),
                key(settings) + ".idempotent=" + place + " means nothing for from="
                        + UriOptions.without(settings.from())
                        + ", which knows what is done from its results, or leaves that to its endpoint; leave it out.");
        problems.require(
                idempotent.add(place),
                key(settings) + ".idempotent=" + place + " is named by two pipelines; give each its own.");
        return problems.attempt(
                key(settings),
                () -> new AnsweredQuestions(settings.name(), place, IdRepositories.named(place, context), context));
    }

    private static String key(PipelineSettings settings) {
        return "sextant.pipelines.\"" + settings.name() + "\"";
    }

    private void checkSteps(PipelineSettings settings) {
        for (int i = 0; i < settings.steps().size(); i++) {
            check(key(settings) + ".steps[" + i + "]", settings.steps().get(i), settings.from());
        }
    }

    private void check(String key, StepSettings step, String from) {
        VisionTask found = task(tasks, step.task());
        if (found == null && mayExist.test(step.task())) {
            return;
        }
        if (found == null) {
            problems.add(key + ".task=" + step.task() + ": there is no such task; known are " + taskNames(tasks) + "."
                    + tasks.leftOut().stream().map(why -> " " + why).collect(Collectors.joining()));
            return;
        }
        int before = problems.messages().size();
        TaskDescriptor task = found.descriptor();
        problems.require(
                task.imageNeed() != InputNeed.UNUSED,
                key + ".task=" + step.task() + ": the task takes no image, so it is no step of a pipeline.");
        checkNeed(key, "prompt", task.name(), task.promptNeed(), !step.prompt().isBlank());
        checkNeed(key, "box", task.name(), task.boxNeed(), step.box() != null);
        checkHeaders(key, task, from);
        if (problems.messages().size() == before) {
            rehearse(key, found, step);
        }
    }

    private void checkHeaders(String key, TaskDescriptor task, String from) {
        if (bringsHeaders(from)) {
            return;
        }
        task.headers()
                .forEach(
                        (header, need) -> problems.require(
                                need != InputNeed.REQUIRED,
                                key + ".task=" + task.name() + " reads the header \"" + header + "\", and from="
                                        + UriOptions.without(from)
                                        + " brings images without headers; take a task that needs none, or a source of messages."));
    }

    /** What no connector knows is told of the source. */
    private boolean bringsHeaders(String from) {
        try {
            return connectors.forUri(from).bringsHeaders();
        } catch (ConfigurationException e) {
            return true;
        }
    }

    /** Has the task write its prompt for an image that the box fits, so that it is heard now what it lacks. */
    private void rehearse(String key, VisionTask task, StepSettings step) {
        PixelBox box = step.box();
        int width = box == null ? 1 : (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(box.xMax())));
        int height = box == null ? 1 : (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(box.yMax())));
        try {
            task.prompt(new TaskRequest(step.prompt().strip(), box, width, height, anyHeaders(task.descriptor())));
        } catch (InvalidRequestException e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    /** What messages will bring is not known yet. */
    private static Map<String, String> anyHeaders(TaskDescriptor task) {
        return task.headers().keySet().stream().collect(Collectors.toMap(header -> header, header -> header));
    }

    private void checkNeed(String key, String part, String task, InputNeed need, boolean isGiven) {
        problems.require(
                isGiven || need != InputNeed.REQUIRED,
                key + "." + part + " is missing; the task \"" + task + "\" needs one.");
        problems.require(
                !isGiven || need != InputNeed.UNUSED,
                key + "." + part + " is of no use to the task \"" + task + "\"; leave it out.");
    }

    private static @Nullable VisionTask task(TaskRegistry tasks, String name) {
        return tasks.find(name).orElse(null);
    }

    private static Set<String> taskNames(TaskRegistry tasks) {
        Set<String> names = new TreeSet<>();
        tasks.tasks().forEach(task -> names.add(task.descriptor().name()));
        return names;
    }

    private ImageSource source(
            PipelineSettings settings, @Nullable DeadLetterSink letters, Map<String, ReferenceReader> references) {
        return connectors
                .forUri(settings.from())
                .source(
                        new SourceSettings(
                                settings.name(),
                                settings.from(),
                                settings.original(),
                                settings.moveTo(),
                                settings.deadLetter(),
                                settings.settle(),
                                settings.retryDelay(),
                                settings.maxRetryDelay(),
                                maxImageBytes,
                                letters,
                                settings.cron(),
                                references),
                        context);
    }

    /** The source's own connector knows its own dead letters best. */
    private @Nullable DeadLetterSink deadLetterSink(PipelineSettings settings) {
        String uri = settings.deadLetter();
        boolean isElsewhere = connectors.forUri(settings.from()).sendsDeadLettersElsewhere();
        if (uri == null || !isElsewhere || scheme(uri).isEmpty() || scheme(uri).equals(scheme(settings.from()))) {
            return null;
        }
        return connectors.forUri(uri).deadLetter(settings.name(), uri, context);
    }

    private Map<String, ReferenceReader> references(PipelineSettings settings) {
        Map<String, List<String>> byScheme = new TreeMap<>();
        for (String allowed : settings.references()) {
            connectors.forUri(allowed);
            byScheme.computeIfAbsent(scheme(allowed), scheme -> new ArrayList<>())
                    .add(allowed);
        }
        Map<String, ReferenceReader> readers = new TreeMap<>();
        byScheme.forEach((scheme, allowed) ->
                readers.put(scheme, connectors.forUri(allowed.get(0)).references(allowed, context)));
        return readers;
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 2 ? "" : uri.substring(0, colon);
    }

    /** Where the source cannot be used, the sinks are looked at all the same, but for those that depend on it. */
    private List<ResultSink> sinks(PipelineSettings settings, @Nullable ImageSource source) {
        List<String> steps = settings.steps().stream().map(StepSettings::name).toList();
        List<ResultSink> sinks = new ArrayList<>();
        Set<String> uris = new HashSet<>();
        for (String uri : settings.to()) {
            problems.require(
                    uris.add(uri),
                    key(settings) + ".to names \"" + UriOptions.without(uri) + "\" twice; once is enough.");
            if (source == null && uri.equals(PipelineSettings.BESIDE)) {
                continue;
            }
            ResultSink sink = problems.attempt(key(settings) + ".to", () -> sink(settings, uri, steps, source));
            if (sink != null) {
                sinks.add(sink);
            }
        }
        problems.require(
                source == null
                        || !settings.draw()
                        || sinks.isEmpty()
                        || sinks.stream().anyMatch(ResultSink::takesDrawings),
                key(settings) + ".draw=true: none of to="
                        + settings.to().stream().map(UriOptions::without).toList()
                        + " takes drawings; set draw=false, or add a folder or bucket to \"to\".");
        return sinks;
    }

    private ResultSink sink(PipelineSettings settings, String uri, List<String> steps, @Nullable ImageSource source) {
        if (source == null || !uri.equals(PipelineSettings.BESIDE)) {
            ResultSink sink = connectors.forUri(uri).sink(new SinkSettings(settings.name(), uri, steps), context);
            if (source != null) {
                requireFindable(settings, source, scheme(uri), sink);
            }
            return sink;
        }
        Optional<ResultSink> beside = source.beside(steps);
        return beside.orElseThrow(() -> new IllegalArgumentException(
                "\"beside\" means nothing for this source; name a place for results, for instance file:results"));
    }

    private static void requireFindable(PipelineSettings settings, ImageSource source, String scheme, ResultSink sink) {
        if (settings.original() == OriginalPolicy.STAY && source.needsResultsThatCanBeFound() && !sink.canFind()) {
            throw new IllegalArgumentException("original=stay cannot be kept with results on " + scheme
                    + ":, where none can be looked up: after every restart all images would be asked again; set"
                    + " original=move or original=delete, or send results to a folder or bucket");
        }
    }

    /**
     * Makes everything ready.
     *
     * @return lets go of it, the last part first
     * @throws io.sextant.core.error.ConfigurationException with all that cannot be made ready; nothing is then left open
     */
    static Runnable open(List<Pipeline> pipelines) {
        Problems problems = new Problems();
        Deque<Runnable> closes = new ArrayDeque<>();
        for (Pipeline pipeline : pipelines) {
            attempt(problems, pipeline, pipeline.source()::open);
            closes.addFirst(pipeline.source()::close);
            for (ResultSink sink : pipeline.sinks()) {
                attempt(problems, pipeline, sink::open);
                closes.addFirst(sink::close);
            }
            AnsweredQuestions answered = pipeline.answered();
            if (answered != null) {
                attempt(problems, pipeline, answered::open);
            }
        }
        if (!problems.isEmpty()) {
            closes.forEach(PipelineAssembly::closeQuietly);
        }
        problems.throwIfAny();
        return () -> closes.forEach(PipelineAssembly::closeQuietly);
    }

    private static void attempt(Problems problems, Pipeline pipeline, Runnable part) {
        try {
            part.run();
        } catch (SextantException e) {
            problems.add(key(pipeline.settings()) + ": " + e.getMessage());
        }
    }

    /** One that does not let go must not keep the others from it. */
    private static void closeQuietly(Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("error", e).log("part of a pipeline was not closed cleanly");
        }
    }
}
