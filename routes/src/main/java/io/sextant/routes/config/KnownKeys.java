package io.sextant.routes.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The keys there are under {@code sextant.}, and the nearest ones to a key there is not. */
final class KnownKeys {
    /*
     * A key is brought into its general form first: a name in a map becomes "*", an index "[*]". What stands in that form
     * in KEYS is known. Keys of tasks belong to the tasks, which check them; only their shape is looked at here. So
     * it is with settings of Kafka, which the connector checks.
     */
    static final Set<String> KEYS = Set.of(
            "sextant.model.path",
            "sextant.model.device",
            "sextant.model.precision",
            "sextant.model.lora",
            "sextant.model.cache-size",
            "sextant.model.queue-capacity",
            "sextant.model.max-sequences",
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
            "sextant.plugins.path",
            "sextant.s3.endpoint",
            "sextant.s3.region",
            "sextant.s3.access-key",
            "sextant.s3.secret-key",
            "sextant.s3.session-token",
            "sextant.s3.path-style",
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
            "sextant.pipelines.*.steps[*].name",
            "sextant.pipelines.*.steps[*].task",
            "sextant.pipelines.*.steps[*].prompt",
            "sextant.pipelines.*.steps[*].box",
            "sextant.pipelines.*.steps[*].max-new-tokens");

    /** System properties of the build and its tests, which share the prefix but configure nothing. */
    private static final Set<String> OF_THE_BUILD =
            Set.of("sextant.golden", "sextant.top", "sextant.fuzz.seconds", "sextant.crash.kills");

    private static final String PREFIX = "sextant.";
    private static final Pattern MAP_NAME =
            Pattern.compile("^(sextant\\.(?:pipelines|tasks))\\.(\"(?:[^\"\\\\]|\\\\.)*\"|[^.\"]+)");
    private static final Pattern TASK_KEY = Pattern.compile("sextant\\.tasks\\.\\*\\..+");
    private static final Pattern KAFKA_KEY = Pattern.compile("sextant\\.kafka\\..+");
    private static final int MOST_SUGGESTIONS = 3;

    private KnownKeys() {}

    /** Adds a problem for every name under our prefix that is no key. */
    static void check(Iterable<String> names, Problems problems) {
        for (String name : sorted(names)) {
            if (name.startsWith(PREFIX) && !isKnown(name) && !OF_THE_BUILD.contains(name)) {
                problems.add("Unknown key " + name + "; did you mean " + String.join(" or ", nearest(name)) + "?");
            }
        }
    }

    private static Set<String> sorted(Iterable<String> names) {
        Set<String> sorted = new TreeSet<>();
        names.forEach(sorted::add);
        return sorted;
    }

    private static boolean isKnown(String name) {
        String general = general(name);
        return KEYS.contains(general)
                || KEYS.contains(general.replaceFirst("\\[\\*]$", ""))
                || TASK_KEY.matcher(general).matches()
                || KAFKA_KEY.matcher(general).matches();
    }

    private static String general(String name) {
        return MAP_NAME.matcher(name).replaceFirst("$1.*").replaceAll("\\[\\d+]", "[*]");
    }

    /** The one to three known keys that need the fewest changes, written with the map name and index of the unknown one. */
    private static List<String> nearest(String name) {
        String general = general(name);
        List<String> byDistance = new ArrayList<>(KEYS);
        byDistance.sort(
                Comparator.<String>comparingInt(key -> distance(key, general)).thenComparing(key -> key));
        int best = distance(byDistance.get(0), general);
        var mapName = MAP_NAME.matcher(name);
        String inMap = mapName.find() ? mapName.group(2) : "\"name\"";
        return byDistance.stream()
                .limit(MOST_SUGGESTIONS)
                .filter(key -> distance(key, general) <= best + 2)
                .map(key -> key.replace(".*.", "." + inMap + "."))
                .toList();
    }

    /** Levenshtein's distance: how many letters must be put in, taken out or exchanged. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int exchanged = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
