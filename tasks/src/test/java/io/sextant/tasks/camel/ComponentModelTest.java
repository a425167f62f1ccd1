package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.SextantException;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model answers an endpoint, who opens it and who closes it. */
class ComponentModelTest {
    private static final byte[] PNG = Images.png(20, 10, 0x336699);

    @TempDir
    private static Path folder;

    private static String small;
    private static String large;

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeAll
    static void writeModels() {
        small = write("small", 1);
        large = write("large", 2);
    }

    private static String write(String name, long seed) {
        RandomModel.write(folder.resolve(name), RandomModelSize.tiny(), seed);
        return folder.resolve(name).toString();
    }

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private SextantComponent component() {
        return camel.getComponent("sextant", SextantComponent.class);
    }

    private List<VisionLanguageModel> models() {
        return SextantModels.of(camel).models();
    }

    private TaskOutcome ask(String uri) throws Exception {
        try (var template = camel.createProducerTemplate()) {
            Exchange exchange = template.request(
                    uri + (uri.contains("?") ? "&" : "?") + "output=outcome&maxNewTokens=2",
                    message -> message.getMessage().setBody(PNG));
            assertThat(exchange.getException()).isNull();
            return exchange.getMessage().getBody(TaskOutcome.class);
        }
    }

    private static String folderOf(TaskOutcome outcome) {
        return outcome.model().fingerprint();
    }

    @Test
    void opensTheModelOfItsOptionsForTheFirstRouteAndClosesItWithTheContext() throws Exception {
        component().setModelPath(small);
        component().setPrecision("float32");
        assertThat(models()).isEmpty();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to("sextant:caption");
                from("direct:b").to("sextant:vqa?prompt=why");
            }
        });

        assertThat(models()).hasSize(1);
        ask("sextant:caption");
        VisionLanguageModel model = models().get(0);
        camel.stop();

        assertThat(models()).isEmpty();
        assertThatThrownBy(() -> new ModelTaskRunner(model, TaskRegistries.discover())
                        .run(
                                "chat",
                                TaskInput.builder(null).prompt("are you there?").build()))
                .isInstanceOf(SextantException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aContextThatStartsAgainOpensTheModelAgainAndClosesIt() throws Exception {
        component().setModelPath(small);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to("sextant:caption?output=TEXT&maxNewTokens=2");
            }
        });
        VisionLanguageModel first = models().get(0);
        camel.stop();
        component().setModelPath(small);
        camel.start();

        assertThat(models()).hasSize(1).doesNotContain(first);
        VisionLanguageModel second = models().get(0);
        try (var template = camel.createProducerTemplate()) {
            assertThat(template.requestBody("direct:a", PNG)).isInstanceOf(String.class);
        }
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        camel.stop();

        assertThat(models()).isEmpty();
        assertThatThrownBy(() -> new ModelTaskRunner(second, TaskRegistries.discover())
                        .run(
                                "chat",
                                TaskInput.builder(null).prompt("are you there?").build()))
                .isInstanceOf(SextantException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void answersWithSeveralModelsSideBySide() throws Exception {
        component().setModelPath(small);
        camel.getRegistry().bind("large", new SextantModel(large));
        camel.getRegistry().bind("same", new SextantModel(large));

        String ofSmall = folderOf(ask("sextant:caption"));
        String ofLarge = folderOf(ask("sextant:caption?model=#large"));

        assertThat(ofLarge).isNotEqualTo(ofSmall);
        assertThat(folderOf(ask("sextant:caption?model=#same"))).isEqualTo(ofLarge);
        assertThat(folderOf(ask("sextant:caption?model=RAW(" + large + ")"))).isEqualTo(ofLarge);
        assertThat(models()).hasSize(2);
    }

    @Test
    void knowsTheTasksThatFilesDeclare(@TempDir Path tasks) throws Exception {
        Files.writeString(tasks.resolve("daylight.yaml"), "identifier: vqa\ntemplate: is it day?\n");
        component().setModelPath(small);
        component().setTasksPath(tasks.toString());

        assertThat(ask("sextant:daylight").task()).isEqualTo("daylight");
    }

    @Test
    void takesTheEmbeddedModelWhereNothingIsSaid() throws Exception {
        assertThat(ask("sextant:caption").model().name()).isEqualTo("sextant-embedded");
    }

    /** As {@code ${MODEL_PATH:}} leaves them where the variable is not set. */
    @Test
    void blankPathsAreAsIfTheyWereNotThere() throws Exception {
        component().setModelPath(" ");
        assertThat(ask("sextant:caption").model().name()).isEqualTo("sextant-embedded");

        component().setModelPath(small);
        assertThat(ask("sextant:caption?model=").model().name()).isNotEqualTo("sextant-embedded");
    }

    @Test
    void aBoundRunnerOrModelGoesBefore() throws Exception {
        component().setModelPath("nowhere");
        camel.getRegistry().bind("opened", FakeVisionLanguageModel.answering("from the model"));
        assertThat(ask("sextant:caption").text()).isEqualTo("from the model");

        TaskRunner runner =
                new ModelTaskRunner(FakeVisionLanguageModel.answering("from the runner"), TaskRegistries.discover());
        camel.getRegistry().bind("runner", runner);
        assertThat(ask("sextant:vqa?prompt=why").text()).isEqualTo("from the runner");
        assertThat(ask("sextant:vqa?prompt=why&model=#opened").text()).isEqualTo("from the model");
    }

    @Test
    void asksWhichOfSeveralBoundOnesIsMeant() {
        camel.getRegistry().bind("one", FakeVisionLanguageModel.answering("1"));
        camel.getRegistry().bind("two", FakeVisionLanguageModel.answering("2"));

        assertThatThrownBy(() -> camel.getEndpoint("sextant:caption").createProducer())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("[one, two]; name one with model=#name");
    }

    @ParameterizedTest
    @CsvSource({
        "device, abacus, abacus",
        "precision, float3, precision=float3 must be one of",
        "lora, glued, lora=glued must be one of",
        "cacheSize, much, 'cacheSize: \"much\"'",
        "queueCapacity, 0, queueCapacity",
        "maxSequences, 300, maxSequences",
        "weightCacheSize, plenty, 'weightCacheSize: \"plenty\"'",
        "weightCacheSize, 0, weightCacheBytes must be at least 1",
        "int8Copy, maybe, int8Copy=maybe must be one of",
        "computeType, int8, computeType=int8 must be one of",
        "threads, -1, threads must be in 0..1024",
        "trial, perhaps, trial=perhaps must be one of",
        "modelPath, nowhere, nowhere",
        "pluginsPath, no.jar, pluginsPath names no.jar",
        "tasksPath, none.yaml, tasksPath: none.yaml: There is no such file",
    })
    void namesTheOptionItCannotUseAndSaysSoToHealth(String option, String value, String told) {
        component().setModelPath(small);
        assertThat(PropertyBindingSupport.bindProperties(camel, component(), new HashMap<>(Map.of(option, value))))
                .isTrue();

        assertThatThrownBy(() -> camel.getEndpoint("sextant:caption").createProducer())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Endpoint sextant:")
                .hasMessageContaining(told);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage())
                .hasValueSatisfying(text -> assertThat(text).contains(told));
    }

    @Test
    void namesThatMessagesBroughtPileUpNowhere() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:named").toD("sextant:caption?model=RAW(${header.m})");
            }
        });
        try (var template = camel.createProducerTemplate()) {
            for (int i = 0; i < 3 * ModelFailures.MOST_PASSING; i++) {
                String name = "nowhere-" + i;
                template.send("direct:named", exchange -> exchange.getMessage().setHeader("m", name));
            }
        }

        assertThat(SextantModels.of(camel).failures()).hasSize(ModelFailures.MOST_PASSING);
    }

    @Test
    void whatARouteCannotOpenIsForgottenOnceItsEndpointStops() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:late").to("sextant:caption?model=nowhere&lazyStartProducer=true");
            }
        });
        try (var template = camel.createProducerTemplate()) {
            template.send("direct:late", exchange -> exchange.getMessage().setBody(PNG));
        }
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

        camel.removeEndpoints("sextant:caption*");

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void tellsWhatIsOpenWhileAnotherModelIsOpenedOnceForAllWhoWantIt() throws Exception {
        Gate gate = new Gate();
        camel.setApplicationContextClassLoader(gate);
        component().setModelPath(small);
        ask("sextant:caption");
        int searches = gate.searches.get();
        gate.isShut = true;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Endpoint endpoint = camel.getEndpoint("sextant:caption?model=RAW(" + large + ")");
            Future<Producer> one = threads.submit(endpoint::createProducer);
            Future<Producer> other = threads.submit(endpoint::createProducer);
            assertThat(gate.isReached.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(threads.submit(this::models).get(20, TimeUnit.SECONDS)).hasSize(1);
            assertThat(threads.submit(this::health).get(20, TimeUnit.SECONDS).getState())
                    .isEqualTo(HealthCheck.State.UP);

            gate.mayPass.countDown();
            assertThat(one.get(1, TimeUnit.MINUTES)).isNotNull();
            assertThat(other.get(1, TimeUnit.MINUTES)).isNotNull();
        } finally {
            gate.mayPass.countDown();
            threads.shutdown();
        }
        assertThat(models()).hasSize(2);
        assertThat(gate.searches).hasValue(2 * searches);
    }

    /** A class loader that holds up who looks for tasks, once it is shut. */
    private static final class Gate extends ClassLoader {
        private final AtomicInteger searches = new AtomicInteger();
        private final CountDownLatch isReached = new CountDownLatch(1);
        private final CountDownLatch mayPass = new CountDownLatch(1);
        private volatile boolean isShut;

        Gate() {
            super(ComponentModelTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (name.equals("META-INF/services/" + TaskFactory.class.getName())) {
                searches.incrementAndGet();
                if (isShut) {
                    isReached.countDown();
                    try {
                        mayPass.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }
            return super.getResources(name);
        }
    }

    @Test
    void tellsHealthWhichModelsAreOpen() throws Exception {
        component().setModelPath(small);
        ask("sextant:caption");

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getDetails()).containsEntry("model.0.device", "cpu").containsEntry("model.0.waiting", 0);
    }

    @Test
    void tellsHealthWhichModelAnswersNothingMore() throws Exception {
        component().setModelPath(small);
        ask("sextant:caption");
        SextantModels.openIn(camel).get(0).close();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage())
                .hasValueSatisfying(text -> assertThat(text).contains("answers nothing more", "restart"));
    }

    @Test
    void tellsListenersWhichModelsAreOpenedAndClosed() throws Exception {
        List<String> heard = new ArrayList<>();
        camel.getRegistry().bind("failing", new Heard(heard) {
            @Override
            public void opened(VisionLanguageModel model) {
                throw new IllegalStateException("no meters here");
            }
        });
        camel.getRegistry().bind("listener", new Heard(heard));
        component().setModelPath(small);
        ask("sextant:caption?lazyStartProducer=true");
        ask("sextant:vqa?prompt=why");
        assertThat(heard).containsExactly("opened small");

        camel.stop();

        assertThat(heard).containsExactly("opened small", "closed small", "closed small");
    }

    /** Writes down what it is told. */
    private static class Heard implements ModelListener {
        private final List<String> heard;

        Heard(List<String> heard) {
            this.heard = heard;
        }

        @Override
        public void opened(VisionLanguageModel model) {
            heard.add("opened " + model.info().name());
        }

        @Override
        public void closed(VisionLanguageModel model) {
            heard.add("closed " + model.info().name());
        }
    }

    @Test
    void refusesABeanThatIsNoModel() {
        camel.getRegistry().bind("clock", Clock.systemUTC());

        assertThatThrownBy(
                        () -> camel.getEndpoint("sextant:caption?model=#clock").createProducer())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is no model");
    }

    private HealthCheck.Result health() {
        return HealthCheckRegistry.get(camel)
                .getCheck("sextant-models")
                .orElseThrow()
                .call();
    }

    @Test
    void theDeveloperConsoleTellsTheModelsAndTheirTasks() throws Exception {
        DevConsole console = PluginHelper.getDevConsoleResolver(camel).resolveDevConsole("sextant");
        CamelContextAware.trySetCamelContext(console, camel);

        assertThat(console.call(DevConsole.MediaType.TEXT)).isEqualTo("No model is open.\n");
        component().setModelPath(small);
        component().setDevice("cpu");
        ask("sextant:caption");

        assertThat(console.call(DevConsole.MediaType.TEXT))
                .asString()
                .contains("device: cpu", "running: 0", "tasks: [caption, chat, detection");
        assertThat((Map<?, ?>) console.call(DevConsole.MediaType.JSON))
                .extracting("models")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }
}
