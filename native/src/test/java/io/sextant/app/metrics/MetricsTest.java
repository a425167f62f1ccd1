package io.sextant.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import io.sextant.app.pipeline.ApplicationProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics of the running application, and what the documents, the dashboard and the alerts say of them. */
@QuarkusTest
@TestProfile(MetricsTest.Alone.class)
class MetricsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path OPERATIONS = Path.of("..", "docs", "operations");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| (.*?) \\| .* \\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.+)$");

    /** Labels that Prometheus itself adds to every series. */
    private static final Set<String> PROMETHEUS_LABELS = Set.of("instance", "job");

    /** What it makes itself of each application that it asks. */
    private static final String PROMETHEUS_METRIC = "up";

    @ConfigProperty(name = ApplicationProfile.FOLDER)
    Path folder;

    @TestHTTPResource("/q/metrics")
    URI metrics;

    private Scrape scrape;

    /** An application that nobody else asks anything, as its counts are looked at. */
    public static final class Alone extends ApplicationProfile {}

    @BeforeEach
    void askAboutAGoodImageAndABadOne() throws Exception {
        if (!Files.exists(folder.resolve("in/good.jpg"))) {
            DemoImages.drop("boats.jpg", folder.resolve("in/good.jpg"));
            Files.writeString(folder.resolve("in/bad.jpg"), "no image");
        }
        await().atMost(PATIENCE).until(() -> ended("answered") == 1 && ended("rejected") == 1);
        scrape = Scrape.of(metrics);
    }

    private double ended(String outcome) throws Exception {
        return Scrape.of(metrics).value("sextant_messages_seconds_count", "pipeline", "shop", "outcome", outcome);
    }

    @Test
    void countWhatThePipelineDid() {
        assertThat(scrape.value("sextant_images_total", "pipeline", "shop", "outcome", "answered"))
                .isEqualTo(1);
        assertThat(scrape.value("sextant_dead_letters_total", "pipeline", "shop", "category", "invalid_input"))
                .isEqualTo(1);
        assertThat(scrape.value("sextant_dead_letters_total", "pipeline", "shop", "category", "defect"))
                .isZero();
        assertThat(scrape.value("sextant_retries_total", "pipeline", "shop")).isZero();
        assertThat(scrape.value(
                        "sextant_tasks_phases_seconds_count", "pipeline", "shop", "task", "caption", "phase", "prompt"))
                .isEqualTo(1);
        assertThat(scrape.value(
                        "sextant_source_read_seconds_count", "pipeline", "shop", "place", "file", "outcome", "success"))
                .isEqualTo(2);
        assertThat(scrape.value(
                        "sextant_sink_publish_seconds_count",
                        "pipeline",
                        "shop",
                        "place",
                        "file",
                        "outcome",
                        "success"))
                .isEqualTo(2);
        assertThat(scrape.value("sextant_pipeline_started", "pipeline", "shop")).isEqualTo(1);
    }

    @Test
    void countWhatTheModelDid() {
        assertThat(scrape.value("sextant_model_requests_ended_total", "outcome", "completed"))
                .isEqualTo(2);
        assertThat(scrape.value("sextant_model_image_pass_seconds_count")).isEqualTo(1);
        assertThat(scrape.value("sextant_model_step_seconds_count")).isPositive();
        assertThat(scrape.value("sextant_model_tokens_total", "kind", "answer")).isPositive();
        assertThat(scrape.value("process_memory_resident_bytes")).isGreaterThan(1 << 20);
    }

    @Test
    void areAllInTheDocumentAndNoOthersAre() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(OPERATIONS.resolveSibling("operations.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> labels = new TreeSet<>();
                Matcher word = WORD.matcher(row.group(3));
                while (word.find()) {
                    labels.add(word.group(1));
                }
                documented.put(row.group(1), row.group(2) + " " + labels);
            }
        }
        Map<String, String> ours = new TreeMap<>(scrape.families());
        ours.keySet().removeIf(name -> !name.startsWith("sextant_") && !name.equals("process_memory_resident_bytes"));
        assertThat(documented).isEqualTo(ours);
    }

    @Test
    void areWhatTheDashboardAsksFor() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(OPERATIONS.resolve("grafana-dashboard.json").toFile());
        List<String> queries = new ArrayList<>(dashboard.findValuesAsText("expr"));
        assertThat(queries).hasSizeGreaterThan(20);
        dashboard.at("/templating/list").forEach(variable -> {
            if (variable.path("type").asText().equals("query")) {
                queries.add(variable.path("query").asText());
            }
        });
        assertThat(dashboard.at("/panels"))
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .isNotEmpty()
                .allMatch(panel -> !panel.path("targets").isEmpty());
        assertThat(queries).allSatisfy(this::exists);
    }

    @Test
    void areWhatTheAlertsAskFor() throws IOException {
        String rules = Files.readString(OPERATIONS.resolve("prometheus-alerts.yml"));
        Matcher expression = EXPRESSION.matcher(rules);
        List<String> queries = expression.results().map(found -> found.group(1)).toList();
        assertThat(queries).hasSize(rules.split("- alert: ", -1).length - 1).hasSizeGreaterThan(5);
        assertThat(queries).allSatisfy(this::exists);
    }

    private void exists(String expression) {
        Query query = Query.of(expression);
        Set<String> names = new TreeSet<>(scrape.names());
        names.add(PROMETHEUS_METRIC);
        assertThat(query.metrics()).as(expression).isNotEmpty().isSubsetOf(names);
        Set<String> labels = new TreeSet<>(query.labels());
        labels.removeAll(PROMETHEUS_LABELS);
        assertThat(labels).as(expression).isSubsetOf(scrape.labels(query.metrics()));
    }
}
