package io.sextant.app.serving;

import static io.sextant.app.serving.ServingHarness.fingerprint;
import static io.sextant.app.serving.ServingHarness.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sextant.app.serving.SwitchState.Phase;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelMemory;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges of real models, one step after the other. */
final class ModelSwitchTest {
    private static final ModelMemory ENOUGH = new ModelMemory(1, OptionalLong.of(1L << 40));
    private static final ModelMemory TIGHT = new ModelMemory(1L << 40, OptionalLong.of(1));

    @TempDir
    private Path folder;

    /** What has not been run yet. */
    private final Queue<Runnable> exchanges = new ArrayDeque<>();

    private final List<String> opened = new ArrayList<>();
    private ModelMemory memory = ENOUGH;
    private ServingHarness harness;
    private ServedModel served;
    private ModelSwitch modelSwitch;
    private String first = "";

    @BeforeEach
    void serve() {
        harness = new ServingHarness(
                folder,
                "sextant.pipelines.shop.from",
                "file:" + folder.resolve("in"),
                "sextant.pipelines.shop.steps[0].task",
                "vqa",
                "sextant.pipelines.shop.steps[0].name",
                "long",
                "sextant.pipelines.shop.steps[0].prompt",
                "is there a boat, or is there another boat? ".repeat(8));
        OpenModels models = harness.models(new ModelOpener() {
            @Override
            public VisionLanguageModel open(ModelSettings settings, Consumer<String> progress) {
                opened.add(settings.folder().getFileName() + (served == null || served.isThere() ? "" : " alone"));
                return ModelLoader.load(settings, progress);
            }
        });
        served = new ServedModel(models, AskedModel.configured(harness.toolkit()));
        first = served.info().fingerprint();
        modelSwitch = new ModelSwitch(served, models, settings -> memory, exchanges::add, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void loadsTheNewModelBesideTheEarlierWhereMemoryAllows() {
        OpenModel earlier = served.newest();
        assertThat(begin("b")).returns(Phase.LOADING, SwitchState::phase).returns(false, SwitchState::isDrained);
        assertThat(answer()).as("until the new one is there").isEqualTo(first);
        run();

        assertThat(state()).returns(Phase.DONE, SwitchState::phase).returns(false, SwitchState::isDrained);
        assertThat(opened).containsExactly("a", "b");
        assertThat(answer()).isNotEqualTo(first).isEqualTo(served.info().fingerprint());
        assertClosed(earlier);
    }

    @Test
    void closesTheEarlierModelFirstWhereMemoryIsTight() {
        memory = TIGHT;
        OpenModel earlier = served.newest();
        assertThat(begin("b")).returns(Phase.DRAINING, SwitchState::phase).returns(true, SwitchState::isDrained);
        run();

        assertThat(state()).returns(Phase.DONE, SwitchState::phase).returns(true, SwitchState::isDrained);
        assertThat(opened).containsExactly("a", "b alone");
        assertThat(answer()).isNotEqualTo(first);
        assertClosed(earlier);
    }

    @Test
    void closesTheEarlierModelFirstWhereTheOperatorWantsIt() {
        modelSwitch.begin(place("b"), true, "olga");
        run();
        assertThat(opened).containsExactly("a", "b alone");
        assertThat(state().isDrained()).isTrue();
    }

    @Test
    void letsAnswersThatAreUnderWayComeToTheirEnd() throws Exception {
        ModelLease lease = served.lease();
        begin("b");
        Thread exchange = new Thread(exchanges.remove());
        exchange.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> state().phase() == Phase.RELEASING);
        assertThat(fingerprint(lease.tasks().run("caption", question()))).isEqualTo(first);
        assertThat(answer()).isNotEqualTo(first);
        lease.close();
        exchange.join();
        assertThat(state().phase()).isEqualTo(Phase.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "file", "empty"})
    void refusesAPlaceThatHoldsNoModelAndNamesIt(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "no folder");
        Files.createDirectory(folder.resolve("empty"));
        OpenModels models = harness.models(ModelOpener.ofFiles());
        ModelSwitch real = new ModelSwitch(served, models, ModelMemory::of, exchanges::add, Clock.systemUTC());

        assertThatThrownBy(() -> real.begin(place(name), false, "olga"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining(place(name))
                .hasMessageContaining("name the folder that holds the weight files")
                .as("who calls or fills in a form has no key to point at it")
                .hasMessageNotContaining("sextant.model.path");
        assertThat(real.state().orElseThrow())
                .returns(Phase.FAILED, SwitchState::phase)
                .satisfies(state -> assertThat(state.failure()).contains(place(name)));
        assertThat(answer()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0"})
    void refusesANameThatIsNone(String name) {
        assertThatThrownBy(() -> modelSwitch.begin(name, false, "olga")).isInstanceOf(UnusableModelException.class);
        assertThat(answer()).isEqualTo(first);
    }

    @Test
    void keepsTheEarlierModelWhereTheNewOneIsDamaged() throws IOException {
        damage("b");
        OpenModel earlier = served.newest();
        begin("b");
        run();
        assertThat(state()).returns(Phase.FAILED, SwitchState::phase);
        assertThat(state().failure()).contains(place("b"));
        assertThat(served.newest()).as("it was never closed").isSameAs(earlier);
        assertThat(answer()).isEqualTo(first);
    }

    @Test
    void opensTheEarlierModelAgainWhereTheNewOneIsDamaged() throws IOException {
        memory = TIGHT;
        damage("b");
        begin("b");
        run();
        assertThat(state()).returns(Phase.FAILED, SwitchState::phase);
        assertThat(state().failure()).contains(place("b"));
        assertThat(opened).containsExactly("a", "b alone", "a alone");
        assertThat(answer()).isEqualTo(first);
    }

    @Test
    void saysThatNothingAnswersWhereTheEarlierModelIsDamagedToo() throws IOException {
        memory = TIGHT;
        damage("a");
        damage("b");
        RandomModel.write(harness.place("c"), RandomModelSize.tiny(), 5);
        begin("b");
        run();
        assertThat(state().failure()).contains(place("b"), place("a"), "Nothing is answered until another");
        assertThatThrownBy(served::lease).isInstanceOf(ModelAwayException.class);

        begin("c");
        run();
        assertThat(state().phase()).isEqualTo(Phase.DONE);
        assertThat(answer()).isEqualTo(served.info().fingerprint());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAModelThatCannotTakeWhatAPipelineAsks(boolean isDrained) {
        RandomModel.write(harness.place("short"), shortContext(), 5);
        modelSwitch.begin(place("short"), isDrained, "olga");
        run();
        assertThat(state()).returns(Phase.FAILED, SwitchState::phase);
        assertThat(state().failure()).contains(place("short"), "step \"long\" of the pipeline \"shop\"", "context");
        assertThat(answer()).isEqualTo(first);
    }

    @Test
    void refusesASecondExchangeWhileOneGoesOn() {
        begin("b");
        assertThatThrownBy(() -> modelSwitch.begin(place("a"), false, "otto"))
                .isInstanceOf(SwitchUnderWayException.class)
                .hasMessageContaining(place("b"));
        run();
        assertThat(exchanges).isEmpty();
        assertThat(state()).returns(place("b"), SwitchState::model).returns(Phase.DONE, SwitchState::phase);
        begin("a");
        run();
        assertThat(answer()).isEqualTo(first);
    }

    private SwitchState begin(String name) {
        return modelSwitch.begin(place(name), false, "olga");
    }

    private void run() {
        exchanges.remove().run();
    }

    private SwitchState state() {
        return modelSwitch.state().orElseThrow();
    }

    private String place(String name) {
        return harness.place(name).toString();
    }

    private String answer() {
        return fingerprint(harness.tasks(served).run("caption", question()));
    }

    private void damage(String name) throws IOException {
        Path file = harness.place(name).resolve("llama/model.safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 10);
        }
    }

    private static void assertClosed(OpenModel model) {
        assertThatThrownBy(() -> model.tasks().run("caption", question()))
                .isInstanceOf(ResourceExhaustedException.class);
    }

    private static RandomModelSize shortContext() {
        ModelDimensions tiny = RandomModelSize.tiny().dimensions();
        DecoderDimensions decoder = tiny.decoder();
        return RandomModelSize.of(new ModelDimensions(
                tiny.vision(),
                new DecoderDimensions(
                        decoder.hidden(),
                        decoder.layers(),
                        decoder.heads(),
                        decoder.keyValueHeads(),
                        decoder.intermediate(),
                        decoder.vocabulary(),
                        100,
                        1e-5,
                        10000),
                tiny.lora()));
    }
}
