package io.sextant.routes.config;

import io.sextant.core.error.NearestNames;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The keys there are under {@code sextant.}, and the nearest ones to a key there is not. */
final class KnownKeys {
    /*
     * A key is brought into its general form first: a name in a map becomes "*", an index "[*]". What stands in that form
     * in KEYS is known. Keys of tasks belong to the tasks, which check them; only their shape is looked at here. Connectors
     * declare their own.
     */
    private static final Set<String> OWN = Set.of(
            "sextant.model.path",
            "sextant.model.device",
            "sextant.model.precision",
            "sextant.model.lora",
            "sextant.model.cache-size",
            "sextant.model.queue-capacity",
            "sextant.model.max-sequences",
            "sextant.model.weight-cache",
            "sextant.model.weight-cache-size",
            "sextant.model.int8-copy",
            "sextant.model.compute-type",
            "sextant.model.threads",
            "sextant.model.trial",
            "sextant.image.max-bytes",
            "sextant.image.max-pixels",
            "sextant.image.max-side",
            "sextant.image.orientation",
            "sextant.generation.max-new-tokens",
            "sextant.generation.decoding",
            "sextant.generation.temperature",
            "sextant.generation.top-k",
            "sextant.generation.top-p",
            "sextant.generation.seed",
            "sextant.generation.beams",
            "sextant.generation.length-penalty",
            "sextant.generation.repetition-penalty",
            "sextant.generation.conversation-form",
            "sextant.generation.grammar",
            "sextant.generation.refined-boxes",
            "sextant.plugins.path",
            "sextant.plugins.tasks",
            "sextant.http.users",
            "sextant.http.hosts",
            "sextant.http.max-concurrent-requests",
            "sextant.http.max-requests-per-minute",
            "sextant.http.body-timeout",
            "sextant.http.max-results",
            "sextant.http.result-lifetime",
            "sextant.http.references.allow",
            "sextant.http.references.private-addresses",
            "sextant.http.references.timeout",
            "sextant.log.images",
            "sextant.log.summary",
            "sextant.pipelines.*.from",
            "sextant.pipelines.*.to",
            "sextant.pipelines.*.draw",
            "sextant.pipelines.*.original",
            "sextant.pipelines.*.move-to",
            "sextant.pipelines.*.dead-letter",
            "sextant.pipelines.*.settle",
            "sextant.pipelines.*.retry-delay",
            "sextant.pipelines.*.max-retry-delay",
            "sextant.pipelines.*.max-attempts",
            "sextant.pipelines.*.conversation",
            "sextant.pipelines.*.references",
            "sextant.pipelines.*.idempotent",
            "sextant.pipelines.*.forward-headers",
            "sextant.pipelines.*.share",
            "sextant.pipelines.*.cron",
            "sextant.pipelines.*.deadline",
            "sextant.pipelines.*.steps[*].name",
            "sextant.pipelines.*.steps[*].task",
            "sextant.pipelines.*.steps[*].prompt",
            "sextant.pipelines.*.steps[*].box",
            "sextant.pipelines.*.steps[*].max-new-tokens");

    static final Set<String> KEYS = with(ConnectorValues.keys());

    /** System properties of the build and its tests, which share the prefix but configure nothing. */
    private static final Set<String> OF_THE_BUILD = Set.of(
            "sextant.crash.kills",
            "sextant.distribution",
            "sextant.docs.update",
            "sextant.fuzz.minutes",
            "sextant.golden",
            "sextant.golden.device",
            "sextant.grammar.rounds",
            "sextant.program",
            "sextant.schemas.update",
            "sextant.test.requests",
            "sextant.top");

    private static final String PREFIX = "sextant.";

    /** A byte order mark, read as UTF-8 or as Latin-1. */
    private static final Pattern MARKED = Pattern.compile("(?:\uFEFF|\u00EF\u00BB\u00BF)(.*)");

    private static final Pattern PROFILE = Pattern.compile("^%(?:\\{[^}]*}|[^.]+)\\.");
    private static final Pattern MAP_NAME =
            Pattern.compile("^(sextant\\.(?:pipelines|tasks))\\.(\"(?:[^\"\\\\]|\\\\.)*\"|[^.\"]+)");
    private static final Pattern TASK_KEY = Pattern.compile("sextant\\.tasks\\.\\*\\..+");

    private KnownKeys() {}

    private static Set<String> with(Set<String> further) {
        Set<String> all = new HashSet<>(OWN);
        all.addAll(further);
        return Set.copyOf(all);
    }

    /**
     * Adds a problem for every name under our prefix that is no key, in files and system properties, whatever profile it is
     * for; and for one that a byte order mark hides.
     */
    static void check(SmallRyeConfig config, Problems problems) {
        Map<String, String> sources = new TreeMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                source.getPropertyNames().forEach(name -> sources.put(name, source.getName()));
            }
        }
        sources.forEach((name, source) -> {
            Matcher marked = MARKED.matcher(name);
            if (marked.matches() && !isReadAnyway(marked.group(1), source, config)) {
                problems.add("The key " + marked.group(1) + " in " + source
                        + " begins with a byte order mark and is not read; save the file as UTF-8 without one.");
            }
            String key = PROFILE.matcher(name).replaceFirst("");
            if (key.startsWith(PREFIX) && !isKnown(key) && !OF_THE_BUILD.contains(key)) {
                problems.add("Unknown key " + name + "; did you mean " + String.join(" or ", nearest(key)) + "?");
            }
        });
    }

    /** Quarkus reads some of the files that the application reads too, and knows nothing of marks. */
    private static boolean isReadAnyway(String key, String source, SmallRyeConfig config) {
        for (ConfigSource other : config.getConfigSources()) {
            if (other.getName().equals(source) && other.getPropertyNames().contains(key)) {
                return true;
            }
        }
        return false;
    }

    /** What to tell of variables that stand for no key, in the variables' order: each names the nearest. */
    static List<String> unknownVariables(SmallRyeConfig config) {
        Set<String> names = new HashSet<>();
        Map<String, String> variables = new TreeMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                names.addAll(source.getPropertyNames());
                continue;
            }
            for (String name : source.getPropertyNames()) {
                String value = source.getValue(name);
                if (Variables.isOurs(name) && value != null && !Variables.isNoKey(name, value)) {
                    variables.put(name, value);
                }
            }
        }
        Variables meanings = new Variables(names, variables.keySet(), Variables.factories());
        List<String> told = new ArrayList<>();
        for (String variable : variables.keySet()) {
            boolean isOfTheBuild =
                    OF_THE_BUILD.stream().anyMatch(key -> Variables.form(key).equals(variable));
            if (!isOfTheBuild && meanings.key(variable).isEmpty()) {
                told.add("The environment variable " + variable + " stands for no key and is not read; "
                        + meanings.advice(variable));
            }
        }
        return told;
    }

    static boolean isKnown(String name) {
        String general = general(name);
        return KEYS.contains(general)
                || KEYS.contains(general.replaceFirst("\\[\\*]$", ""))
                || TASK_KEY.matcher(general).matches()
                || ConnectorValues.isKnown(general);
    }

    static String general(String name) {
        return MAP_NAME.matcher(name).replaceFirst("$1.*").replaceAll("\\[\\d+]", "[*]");
    }

    /** The name of the pipeline or task in a key, as it is written there. */
    static Optional<String> mapName(String name) {
        Matcher matcher = MAP_NAME.matcher(name);
        return matcher.find() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    /** The one to three known keys that need the fewest changes, written with the map name and index of the unknown one. */
    static List<String> nearest(String name) {
        String inMap = mapName(name).orElse("\"name\"");
        return NearestNames.of(general(name), KEYS).stream()
                .map(key -> key.replace(".*.", "." + inMap + "."))
                .toList();
    }
}
