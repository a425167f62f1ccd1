package io.sextant.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.app.console.ExitCode;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The files for operators agree with the application and with each other. */
final class OperationsFilesTest {
    private static final Path FILES = Path.of("..", "docs", "operations");
    private static final Path IMAGE = Path.of("image", "pom.xml");
    private static final Path KUBERNETES = FILES.resolve("kubernetes");

    private final Properties application =
            properties(read(Path.of("src", "main", "resources", "application.properties")));
    private final Properties configured =
            properties((String) at(yaml("config.yaml"), "data", "application.properties"));
    private final Map<String, Object> pod = map(at(yaml("deployment.yaml"), "spec", "template", "spec"));
    private final Map<String, Object> container =
            map(list(at(pod, "containers")).get(0));

    @ParameterizedTest
    @CsvSource({
        "startupProbe, /q/health/started",
        "livenessProbe, /q/health/live",
        "readinessProbe, /q/health/ready",
    })
    void probesAskForHealthWhereItIsTold(String probe, String path) {
        assertThat(at(container, probe, "httpGet", "path")).isEqualTo(path);
        assertThat(at(container, probe, "httpGet", "port")).isEqualTo(portName());
        assertThat(read(Path.of("..", "docs", "operations.md"))).contains("| `" + path + "` |");
    }

    @Test
    void allSpeakOfTheSamePort() {
        String port = configured.getProperty("quarkus.http.port");
        assertThat(String.valueOf(at(map(list(at(container, "ports")).get(0)), "containerPort")))
                .isEqualTo(port);
        assertThat(at(map(list(at(yaml("service.yaml"), "spec", "ports")).get(0)), "targetPort"))
                .isEqualTo(portName());
        assertThat(read(IMAGE)).contains("<port>" + port + "</port>");
    }

    @Test
    void theConfigurationHasOnlyKeysThereAreAndScalingFollowsItsTopic() {
        SextantSettings settings = settings();
        assertThat(settings.pipelines()).hasSize(1);
        String pipeline = settings.pipelines().get(0).name();
        Map<String, Object> kafka =
                map(at(map(list(at(yaml("scaling.yaml"), "spec", "triggers")).get(0)), "metadata"));
        assertThat("kafka:" + kafka.get("topic"))
                .isEqualTo(settings.pipelines().get(0).from());
        assertThat(kafka.get("consumerGroup")).isEqualTo("sextant-" + pipeline);
        assertThat(kafka.get("bootstrapServers")).isEqualTo(configured.getProperty("sextant.kafka.bootstrap.servers"));
    }

    @Test
    void whatTheConfigurationNamesIsMounted() {
        List<String> mounts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Object mount : list(at(container, "volumeMounts"))) {
            mounts.add((String) map(mount).get("mountPath"));
            names.add((String) map(mount).get("name"));
        }
        List<Object> volumes = new ArrayList<>();
        list(at(pod, "volumes")).forEach(volume -> volumes.add(map(volume).get("name")));
        assertThat(names)
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(
                        volumes.stream().map(String::valueOf).toList());
        List<Object> arguments = list(at(container, "args"));
        String config = String.valueOf(arguments.get(arguments.size() - 1));
        for (String path : List.of(
                config,
                configured.getProperty("sextant.http.users"),
                configured.getProperty("sextant.model.path"),
                found("<XDG_CACHE_HOME>(.*)</XDG_CACHE_HOME>", read(IMAGE)))) {
            assertThat(mounts).as(path).anyMatch(mount -> path.equals(mount) || path.startsWith(mount + "/"));
        }
        for (Object argument : arguments) {
            assertThat(read(IMAGE)).contains("<arg>" + argument + "</arg>");
        }
        assertThat(config).startsWith("/config/");
    }

    @Test
    void whoHasOthersCallWantsThemToLogIn() {
        assertThat(configured.getProperty("quarkus.http.host")).isEqualTo("0.0.0.0");
        assertThat(settings().http().users()).isNotNull();
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(read(IMAGE)).contains("<user>" + at(pod, "securityContext", "runAsUser") + ":");
        assertThat(at(container, "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(at(container, "securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
    }

    /** Questions over HTTP come first, and images after them; the last step of a model that is given up takes a while, too. */
    @Test
    void nobodyIsKilledWhoStillAnswersAQuestionOrFinishesAnImage() {
        long images = Long.parseLong(application.getProperty("camel.main.shutdown-timeout"));
        assertThat(Duration.parse(application.getProperty("quarkus.camel.main.shutdown.timeout")))
                .hasSeconds(images);
        long questions = Duration.parse(application.getProperty("quarkus.shutdown.timeout"))
                .toSeconds();
        long own = questions + images + 30;
        List<Object> before = list(at(container, "lifecycle", "preStop", "exec", "command"));
        assertThat(before.get(0)).isEqualTo("sleep");
        assertThat((Integer) at(pod, "terminationGracePeriodSeconds"))
                .isGreaterThanOrEqualTo((int) own + Integer.parseInt(String.valueOf(before.get(1))));
        assertThat(Long.parseLong(unit("TimeoutStopSec"))).isGreaterThanOrEqualTo(own);
    }

    /** A single message whose results cannot be published fails once in a pause, and the alert is not to begin anew each time. */
    @Test
    void anAlertOfWhatIsTriedAgainRemembersItBetweenTwoAttempts() {
        String rules = read(FILES.resolve("prometheus-alerts.yml"));
        List<String> windows = Pattern.compile("outcome=\"failure\"}\\[(\\d+)m]")
                .matcher(rules)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(windows)
                .hasSize(rules.split("outcome=\"failure\"", -1).length - 1)
                .isNotEmpty()
                .allSatisfy(minutes -> assertThat(Duration.ofMinutes(Long.parseLong(minutes)))
                        .isGreaterThan(
                                settings().pipelines().get(0).maxRetryDelay().plusMinutes(5)));
    }

    /** An instance that cannot tell its lag says NaN, and a sum with one is NaN, which is over no bound. */
    @Test
    void lagsAreAddedUpOfThoseThatTellThem() {
        for (String file : List.of("prometheus-alerts.yml", "grafana-dashboard.json")) {
            assertThat(Pattern.compile("sextant_source_lag(?:\\{[^}]*})?+(?! >= 0)")
                            .matcher(read(FILES.resolve(file)))
                            .results()
                            .map(MatchResult::group))
                    .as(file)
                    .isEmpty();
        }
    }

    /** What systemd is told not to try again it knows by the exit code of the main process; one of a check before it would not count. */
    @Test
    void theUnitDoesNotTryAWrongConfigurationAgain() {
        assertThat(read(FILES.resolve("sextant.service"))).doesNotContain("ExecStartPre=");
        assertThat(unit("ExecStart")).contains("/sextant run --config ");
        assertThat(unit("RestartPreventExitStatus")).isEqualTo(String.valueOf(ExitCode.WRONG_USE));
    }

    @Test
    void everyResourceIsAppliedAndSelectsTheSamePods() {
        List<String> resources = new ArrayList<>();
        list(at(yaml("kustomization.yaml"), "resources")).forEach(name -> resources.add(String.valueOf(name)));
        assertThat(resources).hasSize(5);
        Object labels = at(yaml("deployment.yaml"), "spec", "template", "metadata", "labels");
        assertThat(at(yaml("deployment.yaml"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(yaml("service.yaml"), "spec", "selector")).isEqualTo(labels);
        assertThat(at(yaml("disruption.yaml"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(yaml("scaling.yaml"), "spec", "scaleTargetRef", "name"))
                .isEqualTo(at(yaml("deployment.yaml"), "metadata", "name"));
        for (String name : resources) {
            assertThat(at(yaml(name), "apiVersion")).as(name).isNotNull();
        }
    }

    /** Without a tag a cluster would look for another image than the build packs. */
    @Test
    void theImageIsTheOneThatTheBuildPacks() {
        Map<String, Object> image =
                map(list(at(yaml("kustomization.yaml"), "images")).get(0));
        assertThat(at(container, "image")).isEqualTo(image.get("name"));
        assertThat(read(IMAGE)).contains("<image>" + image.get("name") + ":${project.version}</image>");
        assertThat(read(Path.of("pom.xml"))).contains("<version>" + image.get("newTag") + "</version>");
    }

    private SextantSettings settings() {
        Map<String, String> keys = new HashMap<>();
        configured.stringPropertyNames().stream()
                .filter(name -> name.startsWith("sextant."))
                .forEach(name -> keys.put(name, configured.getProperty(name)));
        return SettingsReader.withSources(List.of(new PropertiesConfigSource(keys, "config.yaml", 100)));
    }

    private Object portName() {
        return at(map(list(at(container, "ports")).get(0)), "name");
    }

    private static String unit(String key) {
        return found("(?m)^" + key + "=(.*)$", read(FILES.resolve("sextant.service")));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static Map<String, Object> yaml(String name) {
        return map(new Yaml().load(read(KUBERNETES.resolve(name))));
    }

    private static Object at(Map<String, Object> document, String... path) {
        Object value = document;
        for (String name : path) {
            value = Objects.requireNonNull(map(value).get(name), () -> String.join("/", path) + " is missing");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // what a YAML object is
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // what a YAML list is
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
