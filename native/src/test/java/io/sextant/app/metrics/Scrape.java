package io.sextant.app.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would get. */
final class Scrape {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, Map<Map<String, String>, Double>> samples = new TreeMap<>();

    private Scrape() {}

    static Scrape of(URI metrics) throws Exception {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(metrics)
                                .header("Accept", "text/plain")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Scrape scrape = new Scrape();
        text.lines().forEach(scrape::read);
        return scrape;
    }

    private void read(String line) {
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (type.matches()) {
            types.put(type.group(1), type.group(2));
        } else if (sample.matches()) {
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(Optional.ofNullable(sample.group(2)).orElse(""));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.computeIfAbsent(sample.group(1), name -> new HashMap<>())
                    .put(labels, Double.valueOf(sample.group(3)));
        }
    }

    /** The value of the series that has exactly these labels, names and values in turn. */
    double value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return samples.getOrDefault(name, Map.of()).getOrDefault(wanted, Double.NaN);
    }

    /** Every name a query may ask for. */
    Set<String> names() {
        return Set.copyOf(samples.keySet());
    }

    /** Every label of those names. */
    Set<String> labels(Set<String> names) {
        Set<String> labels = new HashSet<>();
        names.forEach(name ->
                samples.getOrDefault(name, Map.of()).keySet().forEach(series -> labels.addAll(series.keySet())));
        return labels;
    }

    /** Metrics as the document names them, with their kind and labels: a timer once, for its three series. */
    Map<String, String> families() {
        Map<String, String> families = new TreeMap<>();
        types.forEach((name, type) -> {
            boolean isMaximum = name.endsWith("_max") && types.containsKey(name.replaceAll("_max$", ""));
            if (!isMaximum) {
                String written = name;
                String kind = "gauge";
                String series = name;
                if (type.equals("counter")) {
                    written = name.endsWith("_total") ? name : name + "_total";
                    kind = "counter";
                    series = written;
                } else if (!type.equals("gauge")) {
                    kind = "timer";
                    series = name + "_count";
                }
                families.put(written, kind + " " + new TreeSet<>(labels(Set.of(series))));
            }
        });
        return families;
    }
}
