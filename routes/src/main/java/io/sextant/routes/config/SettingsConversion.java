package io.sextant.routes.config;

import io.sextant.connectors.CronTimes;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.url.AllowedHost;
import io.sextant.connectors.url.UrlSettings;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.core.Share;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.model.MemorySize;
import io.sextant.routes.config.PipelinesConfig.PipelineConfig;
import io.sextant.routes.config.PipelinesConfig.StepConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the mapped keys into records, gathering what is out of range or contradictory. */
final class SettingsConversion {
    private static final Pattern DEVICE =
            Pattern.compile("auto|DEVICE(\\s*,\\s*DEVICE)*".replace("DEVICE", "(cpu|cuda|cuda:\\d{1,3})"));

    private static final Pattern SHARE_NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final Problems problems;

    SettingsConversion(Problems problems) {
        this.problems = problems;
    }

    /** What could be converted; what could not is left out or as by default, and is among the problems. */
    SextantSettings convert(
            ModelConfig model,
            ImageConfig image,
            GenerationConfig generation,
            TasksConfig tasks,
            PluginsConfig plugins,
            PipelinesConfig pipelines,
            Map<String, Map<String, String>> connectors,
            LogConfig log,
            HttpConfig http) {
        ModelChoice modelChoice = model(model);
        ImageLimits imageLimits = imageLimits(image);
        GenerationSettings generationSettings = generation(generation);
        List<PipelineSettings> pipelineSettings = new ArrayList<>();
        new TreeMap<>(pipelines.pipelines()).forEach((name, pipeline) -> {
            PipelineSettings settings = pipeline(name, pipeline);
            if (settings != null) {
                pipelineSettings.add(settings);
            }
        });
        List<Path> pluginPath = paths("sextant.plugins.path", plugins.path());
        List<Path> taskFiles = paths("sextant.plugins.tasks", plugins.tasks());
        return new SextantSettings(
                modelChoice,
                Objects.requireNonNullElse(imageLimits, ImageLimits.DEFAULT),
                image.orientation(),
                Objects.requireNonNullElse(generationSettings, GenerationSettings.DEFAULT),
                generationSettings == null ? DecodingSettings.DEFAULT : decodings(generation),
                tasks.tasks(),
                pluginPath,
                taskFiles,
                pipelineSettings,
                connectors,
                log(log),
                http(http));
    }

    private LogSettings log(LogConfig config) {
        LogSettings settings =
                problems.attempt("sextant.log", () -> new LogSettings(config.images(), config.summary()));
        return Objects.requireNonNullElse(settings, LogSettings.DEFAULT);
    }

    private HttpSettings http(HttpConfig config) {
        UrlSettings references = problems.attempt("sextant.http", () -> references(config.references()));
        HttpSettings settings = problems.attempt(
                "sextant.http",
                () -> new HttpSettings(
                        config.users().map(Path::of).orElse(null),
                        config.hosts().orElse(List.of()),
                        config.maxConcurrentRequests(),
                        config.maxRequestsPerMinute().isPresent()
                                ? config.maxRequestsPerMinute().getAsInt()
                                : null,
                        config.bodyTimeout(),
                        config.maxResults(),
                        config.resultLifetime(),
                        Objects.requireNonNullElse(references, UrlSettings.NONE)));
        return Objects.requireNonNullElse(settings, HttpSettings.DEFAULT);
    }

    private UrlSettings references(HttpConfig.ReferencesConfig config) {
        List<AllowedHost> hosts = new ArrayList<>();
        for (String host : config.allow().orElse(List.of())) {
            AllowedHost allowed = problems.attempt("sextant.http.references.allow", () -> AllowedHost.parse(host));
            if (allowed != null) {
                hosts.add(allowed);
            }
        }
        return new UrlSettings(hosts, config.privateAddresses(), config.timeout());
    }

    private ModelChoice model(ModelConfig config) {
        problems.require(
                DEVICE.matcher(config.device()).matches(),
                "sextant.model.device=" + config.device()
                        + " is no device; write auto, cpu, cuda or cuda:n, or several as cuda:0,cuda:1.");
        problems.require(
                config.queueCapacity() >= 1,
                "sextant.model.queue-capacity must be at least 1, was " + config.queueCapacity());
        problems.require(
                config.maxSequences() >= 1 && config.maxSequences() <= 256,
                "sextant.model.max-sequences must be in 1..256, was " + config.maxSequences());
        problems.require(
                config.weightCacheSize().bytes() >= 1,
                "sextant.model.weight-cache-size must be at least 1, was "
                        + config.weightCacheSize().bytes());
        config.threads()
                .ifPresent(threads -> problems.require(
                        threads >= 1 && threads <= 1024, "sextant.model.threads must be in 1..1024, was " + threads));
        problems.attempt("sextant.model.weight-cache=" + config.weightCache(), () -> Path.of(config.weightCache()));
        Path folder = config.path()
                .map(path -> problems.attempt("sextant.model.path=" + path, () -> Path.of(path)))
                .orElse(null);
        return new ModelChoice(
                folder,
                config.device(),
                config.precision(),
                config.lora() == ModelConfig.Lora.MERGED,
                config.cacheSize().map(MemorySize::bytes).orElse(0L),
                config.queueCapacity(),
                config.maxSequences(),
                config.weightCache(),
                config.weightCacheSize().bytes(),
                config.int8Copy(),
                config.computeType(),
                config.threads().orElse(0),
                config.trial() == ModelConfig.Trial.ON);
    }

    private List<Path> paths(String key, Optional<List<String>> texts) {
        List<Path> paths = new ArrayList<>();
        for (String text : texts.orElse(List.of())) {
            Path path = problems.attempt(key + "=" + text, () -> Path.of(text.strip()));
            if (path != null) {
                paths.add(path);
            }
        }
        return paths;
    }

    private @Nullable ImageLimits imageLimits(ImageConfig config) {
        int before = problems.messages().size();
        requireAtLeastOne("sextant.image.max-bytes", config.maxBytes().bytes());
        requireAtLeastOne("sextant.image.max-pixels", config.maxPixels());
        requireAtLeastOne("sextant.image.max-side", config.maxSide());
        if (problems.messages().size() > before) {
            return null;
        }
        return new ImageLimits(config.maxBytes().bytes(), config.maxPixels(), config.maxSide());
    }

    private void requireAtLeastOne(String key, long value) {
        problems.require(value >= 1, key + " must be at least 1, was " + value + ".");
    }

    private @Nullable GenerationSettings generation(GenerationConfig config) {
        int before = problems.messages().size();
        String prefix = "sextant.generation.";
        requireAtLeastOne(prefix + "max-new-tokens", config.maxNewTokens());
        requirePositive(prefix + "repetition-penalty", config.repetitionPenalty());
        requirePositive(prefix + "temperature", config.temperature());
        problems.require(
                config.topK() >= 0, prefix + "top-k must be 0 (keeps all tokens) or more, was " + config.topK() + ".");
        problems.require(
                config.topP() >= 0 && config.topP() <= 1, prefix + "top-p must be in 0..1, was " + config.topP() + ".");
        problems.require(
                config.beams() >= 2 && config.beams() <= 64,
                prefix + "beams must be in 2..64, was " + config.beams() + "; for one, set decoding=greedy.");
        problems.require(
                Double.isFinite(config.lengthPenalty()),
                prefix + "length-penalty must be finite, was " + config.lengthPenalty() + ".");
        if (problems.messages().size() > before) {
            return null;
        }
        return GenerationSettings.DEFAULT
                .withDecoding(decoding(config.decoding(), decodings(config)))
                .withMaxNewTokens(config.maxNewTokens())
                .withRepetitionPenalty(config.repetitionPenalty())
                .withConversationForm(config.conversationForm())
                .withConstrained(config.grammar() == GenerationConfig.Grammar.ON)
                .withRefinedBoxes(config.refinedBoxes());
    }

    private void requirePositive(String key, double value) {
        problems.require(value > 0 && Double.isFinite(value), key + " must be more than 0, was " + value + ".");
    }

    private static DecodingSettings decodings(GenerationConfig config) {
        return new DecodingSettings(
                new Decoding.Sampling(config.temperature(), config.topK(), config.topP(), config.seed()),
                new Decoding.Beams(config.beams(), config.lengthPenalty()));
    }

    private static Decoding decoding(GenerationConfig.Choice choice, DecodingSettings decodings) {
        return switch (choice) {
            case GREEDY -> new Decoding.Greedy();
            case SAMPLING -> decodings.sampling();
            case BEAMS -> decodings.beams();
        };
    }

    private @Nullable PipelineSettings pipeline(String name, PipelineConfig config) {
        String prefix = "sextant.pipelines.\"" + name + "\"";
        List<StepSettings> steps = steps(prefix, config.steps());
        HeaderPatterns headers = problems.attempt(prefix, () -> HeaderPatterns.of(config.forwardHeaders()));
        Share share = problems.attempt(
                prefix,
                () -> config.share().map(text -> share(name, text.strip())).orElse(Share.of(name)));
        CronTimes cron = problems.attempt(
                prefix,
                () -> config.cron().map(text -> CronTimes.parse(text.strip())).orElse(null));
        PipelineSettings settings = problems.attempt(
                prefix,
                () -> new PipelineSettings(
                        name,
                        config.from().strip(),
                        steps,
                        config.to().stream().map(String::strip).toList(),
                        config.draw(),
                        config.original(),
                        config.moveTo().orElse(null),
                        config.deadLetter().orElse(null),
                        config.settle(),
                        config.retryDelay(),
                        config.maxRetryDelay(),
                        config.maxAttempts(),
                        config.conversation(),
                        references(config),
                        config.idempotent().map(String::strip).orElse(null),
                        Objects.requireNonNullElse(headers, HeaderPatterns.TRACE_CONTEXT),
                        Objects.requireNonNullElse(share, Share.of(name)),
                        cron,
                        config.deadline().orElse(null)));
        return settings == null ? problems.attempt(prefix, () -> standIn(name, config, steps)) : settings;
    }

    /** Stands for a pipeline that has problems, which were told, so that its places and steps can be looked at all the same. */
    private static PipelineSettings standIn(String name, PipelineConfig config, List<StepSettings> steps) {
        PipelineSettings usual = PipelineSettings.of(name, config.from().strip(), steps);
        return new PipelineSettings(
                name,
                usual.from(),
                steps,
                config.to().stream().map(String::strip).toList(),
                config.draw(),
                config.original(),
                config.original() == OriginalPolicy.MOVE ? config.moveTo().orElse(null) : null,
                config.deadLetter().orElse(null),
                usual.settle(),
                usual.retryDelay(),
                usual.maxRetryDelay(),
                usual.maxAttempts(),
                config.conversation(),
                references(config),
                config.idempotent().map(String::strip).orElse(null),
                usual.forwardHeaders(),
                usual.share(),
                null,
                null);
    }

    private static List<String> references(PipelineConfig config) {
        return config.references().orElse(List.of()).stream().map(String::strip).toList();
    }

    /** A number is the weight of the pipeline's own share, a name that of a share that several pipelines have. */
    private static Share share(String pipeline, String text) {
        if (SHARE_NAME.matcher(text).matches()) {
            return Share.of(text);
        }
        try {
            return new Share(pipeline, Double.parseDouble(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "share=" + text
                            + " is neither a weight, a number of more than 0, nor a name, which begins with a letter and has"
                            + " lower-case letters, digits and '-'",
                    e);
        }
    }

    /** In the place of a step that has problems, which were told, stands one that has none. */
    private List<StepSettings> steps(String prefix, List<StepConfig> configs) {
        List<@Nullable String> given = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        for (StepConfig config : configs) {
            given.add(config.name().orElse(null));
            tasks.add(config.task());
        }
        List<String> names = problems.attempt(prefix + ".steps", () -> PipelineNames.stepNames(given, tasks));
        List<StepSettings> steps = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            StepConfig config = configs.get(i);
            String standIn = "step-" + i;
            String name = names == null ? standIn : names.get(i);
            StepSettings step = problems.attempt(prefix + ".steps[" + i + "]", () -> step(name, config));
            steps.add(step == null ? new StepSettings(standIn, "caption", "", null, null) : step);
        }
        return steps;
    }

    private static StepSettings step(String name, StepConfig config) {
        Integer maxNewTokens = config.maxNewTokens().isPresent()
                ? Integer.valueOf(config.maxNewTokens().getAsInt())
                : null;
        Requirements requirements = new Requirements();
        PixelBox box = config.box().isPresent()
                ? requirements.attempt(() -> box(config.box().get()))
                : null;
        StepSettings step = requirements.attempt(
                () -> new StepSettings(name, config.task(), config.prompt().orElse(""), box, maxNewTokens));
        requirements.throwIfBroken();
        return Objects.requireNonNull(step);
    }

    private static PixelBox box(String text) {
        try {
            return PixelBox.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("box=" + e.getMessage(), e);
        }
    }
}
