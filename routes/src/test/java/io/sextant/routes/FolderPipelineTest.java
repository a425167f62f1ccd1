package io.sextant.routes;

import static io.sextant.routes.PipelineHarness.awaitFile;
import static io.sextant.routes.PipelineHarness.awaitGone;
import static io.sextant.routes.PipelineHarness.drop;
import static io.sextant.routes.PipelineHarness.files;
import static io.sextant.routes.PipelineHarness.json;
import static io.sextant.routes.PipelineHarness.photos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.core.error.ResourceExhaustedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderPipelineTest {
    @TempDir
    Path work;

    private Path photos;
    private final ScriptedModel model = ScriptedModel.describing();

    @BeforeEach
    void createFolder() throws IOException {
        photos = Files.createDirectory(work.resolve("photos"));
    }

    @Test
    void writesOneResultForEachStepBesideTheImage() {
        byte[] image = TestImages.jpeg(0xcc0000);
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(photos, "steps[1].task", "vqa", "steps[1].name", "colour", "steps[1].prompt", "what colour?"))) {
            drop(photos, "a.jpg", image);
            awaitFile(photos.resolve("a.jpg.colour.json"));

            assertThat(pipelines.context().getRoute("pipeline-photos")).isNotNull();
        }

        assertThat(files(photos)).containsExactly("a.jpg", "a.jpg.caption.json", "a.jpg.colour.json");
        assertThat(photos.resolve("a.jpg")).hasBinaryContent(image);
        JsonNode caption = json(photos.resolve("a.jpg.caption.json"));
        assertThat(caption.at("/schema").asText()).isEqualTo("sextant-result-v1");
        assertThat(caption.at("/image/name").asText()).isEqualTo("a.jpg");
        assertThat(caption.at("/result/text").asText()).startsWith("an image of 32x24");
        assertThat(caption.has("timings")).isFalse();
        JsonNode colour = json(photos.resolve("a.jpg.colour.json"));
        assertThat(colour.at("/task").asText()).isEqualTo("vqa");
        assertThat(colour.at("/prompt").asText()).isEqualTo("what colour?");
    }

    /** By its options alone it would look again in an hour. */
    @Test
    void looksAtTheTimesThatAreSet() {
        String from = "file:" + photos + "?initialDelay=3600000&delay=3600000";
        try (PipelineHarness pipelines =
                PipelineHarness.start(model, photos(photos, "from", from, "cron", "* * * * * ?"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("a.jpg.caption.json"));
            drop(photos, "b.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("b.jpg.caption.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void takesASecondImageDroppedWhileTheFirstIsBeingAnswered() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch dropped = new CountDownLatch(1);
        ScriptedModel slow = new ScriptedModel(request -> {
            asked.countDown();
            awaitLatch(dropped);
            return "done";
        });
        try (PipelineHarness pipelines = PipelineHarness.start(slow, photos(photos))) {
            drop(photos, "first.jpg", TestImages.jpeg(1));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            drop(photos, "second.jpg", TestImages.jpeg(2));
            dropped.countDown();

            awaitFile(photos.resolve("first.jpg.caption.json"));
            awaitFile(photos.resolve("second.jpg.caption.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void keepsResultsOfSameNamedImagesAndOfTwoStepsOfOneTaskApart() {
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(
                        photos,
                        "to",
                        "file:" + work.resolve("results"),
                        "steps[0].task",
                        "vqa",
                        "steps[0].prompt",
                        "what?",
                        "steps[1].task",
                        "vqa",
                        "steps[1].prompt",
                        "where?"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            drop(photos, "a.png", TestImages.png(1));
            Path results = work.resolve("results");
            awaitFile(results.resolve("a.jpg.vqa-2.json"));
            awaitFile(results.resolve("a.png.vqa-2.json"));

            assertThat(files(results))
                    .containsExactly("a.jpg.vqa-2.json", "a.jpg.vqa.json", "a.png.vqa-2.json", "a.png.vqa.json");
            assertThat(json(results.resolve("a.jpg.vqa.json")).at("/prompt").asText())
                    .isEqualTo("what?");
            assertThat(json(results.resolve("a.jpg.vqa-2.json")).at("/prompt").asText())
                    .isEqualTo("where?");
            assertThat(json(results.resolve("a.jpg.vqa.json")).at("/image/digest"))
                    .isNotEqualTo(json(results.resolve("a.png.vqa.json")).at("/image/digest"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void mirrorsSubFoldersAndMovesOriginalsWithoutOverwriting() {
        Path results = work.resolve("results");
        Path done = work.resolve("done");
        drop(done, "sub/a.jpg", TestImages.jpeg(77));
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(
                        photos,
                        "from",
                        "file:" + photos + "?recursive=true&delay=20&initialDelay=0",
                        "to",
                        "file:" + results,
                        "original",
                        "move",
                        "move-to",
                        done.toString()))) {
            drop(photos, "sub/a.jpg", TestImages.jpeg(1));
            drop(photos, "b.jpg", TestImages.jpeg(2));
            awaitGone(photos.resolve("sub/a.jpg"));
            awaitGone(photos.resolve("b.jpg"));

            assertThat(files(results)).containsExactly("b.jpg.caption.json", "sub/a.jpg.caption.json");
            assertThat(files(done)).containsExactly("b.jpg", "sub/a-2.jpg", "sub/a.jpg");
            assertThat(done.resolve("sub/a-2.jpg")).hasBinaryContent(TestImages.jpeg(1));
            assertThat(done.resolve("sub/a.jpg")).hasBinaryContent(TestImages.jpeg(77));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void deletesOriginalsOnceTheirResultsArePublished() {
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(photos, "original", "delete"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitGone(photos.resolve("a.jpg"));

            assertThat(files(photos)).containsExactly("a.jpg.caption.json");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void takesNothingBelowItsOwnOutputFoldersForInput() {
        Path results = photos.resolve("results");
        drop(results, "old.jpg", TestImages.jpeg(5));
        drop(photos, "done/old.jpg", TestImages.jpeg(6));
        drop(photos, "rejected/old.jpg", TestImages.jpeg(7));
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(
                        photos,
                        "from",
                        "file:" + photos + "?recursive=true&delay=20&initialDelay=0",
                        "to",
                        "file:" + results,
                        "original",
                        "move"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("done/a.jpg"));
            drop(photos, "sub/b.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("done/sub/b.jpg"));

            assertThat(model.askedImages()).containsExactlyInAnyOrder("a.jpg", "sub/b.jpg");
            assertThat(files(photos))
                    .containsExactly(
                            "done/a.jpg",
                            "done/old.jpg",
                            "done/sub/b.jpg",
                            "rejected/old.jpg",
                            "results/a.jpg.caption.json",
                            "results/old.jpg",
                            "results/sub/b.jpg.caption.json");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void movesBadFilesToTheDeadLettersWithTheReasonWhileGoodNeighboursPass() {
        Path rejected = work.resolve("rejected");
        drop(photos, "a-good.jpg", TestImages.jpeg(1));
        drop(photos, "b-text.jpg", "not an image at all".getBytes(StandardCharsets.UTF_8));
        drop(photos, "c-empty.jpg", new byte[0]);
        drop(photos, "d-truncated.jpg", TestImages.truncatedJpeg());
        drop(photos, "e-heavy.png", new byte[5000]);
        drop(photos, "f-large.png", TestImages.png(1, 300, 100));
        drop(photos, "g-good.jpg", TestImages.jpeg(2));
        try (PipelineHarness pipelines = PipelineHarness.start(
                model,
                photos(
                        photos,
                        "dead-letter",
                        "file:" + rejected,
                        "sextant.image.max-bytes",
                        "4K",
                        "sextant.image.max-pixels",
                        "20000"))) {
            awaitFile(photos.resolve("a-good.jpg.caption.json"));
            awaitFile(photos.resolve("g-good.jpg.caption.json"));
            awaitGone(photos.resolve("b-text.jpg"));
            awaitGone(photos.resolve("c-empty.jpg"));
            awaitGone(photos.resolve("d-truncated.jpg"));
            awaitGone(photos.resolve("e-heavy.png"));
            awaitGone(photos.resolve("f-large.png"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(files(photos))
                .containsExactly("a-good.jpg", "a-good.jpg.caption.json", "g-good.jpg", "g-good.jpg.caption.json");
        assertThat(files(rejected))
                .containsExactly(
                        "b-text.jpg",
                        "b-text.jpg.reason.json",
                        "c-empty.jpg",
                        "c-empty.jpg.reason.json",
                        "d-truncated.jpg",
                        "d-truncated.jpg.reason.json",
                        "e-heavy.png",
                        "e-heavy.png.reason.json",
                        "f-large.png",
                        "f-large.png.reason.json");
        assertThat(rejected.resolve("b-text.jpg")).hasContent("not an image at all");
        JsonNode reason = json(rejected.resolve("e-heavy.png.reason.json"));
        assertThat(reason.at("/image").asText()).isEqualTo("e-heavy.png");
        assertThat(reason.at("/pipeline").asText()).isEqualTo("photos");
        assertThat(reason.at("/category").asText()).isEqualTo("INVALID_INPUT");
        assertThat(reason.at("/message").asText())
                .contains("e-heavy.png")
                .contains("5000 bytes")
                .contains("sextant.image.max-bytes=4096");
        assertThat(reason.at("/whatToDo").asText()).isNotBlank();
        assertThat(reason.at("/attempts").asInt()).isEqualTo(1);
        assertThat(java.time.Instant.parse(reason.at("/time").asText())).isBefore(java.time.Instant.now());
        assertThat(reason.at("/failedSteps")).isEmpty();
        assertThat(reason.has("stackHash")).isFalse();
        for (String name : new String[] {"b-text.jpg", "c-empty.jpg", "d-truncated.jpg", "f-large.png"}) {
            assertThat(json(rejected.resolve(name + ".reason.json"))
                            .at("/message")
                            .asText())
                    .contains(name);
        }
    }

    @Test
    void publishesGoodStepsAndNamesTheFailedOneInTheDeadLetter() {
        ScriptedModel failing = new ScriptedModel(request -> {
            if (ScriptedModel.words(request).contains("fail")) {
                throw new IllegalStateException("broken on purpose");
            }
            return "fine";
        });
        try (PipelineHarness pipelines = PipelineHarness.start(
                failing,
                photos(
                        photos,
                        "steps[1].task",
                        "vqa",
                        "steps[1].name",
                        "bad",
                        "steps[1].prompt",
                        "fail now",
                        "steps[2].task",
                        "vqa",
                        "steps[2].prompt",
                        "go on"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("rejected/a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(files(photos))
                .containsExactly(
                        "a.jpg.caption.json", "a.jpg.vqa.json", "rejected/a.jpg", "rejected/a.jpg.reason.json");
        JsonNode reason = json(photos.resolve("rejected/a.jpg.reason.json"));
        assertThat(reason.at("/category").asText()).isEqualTo("DEFECT");
        assertThat(reason.at("/message").asText())
                .contains("a.jpg")
                .contains("\"bad\"")
                .contains("broken on purpose");
        assertThat(reason.at("/stackHash").asText()).matches("[0-9a-f]{16}");
        assertThat(reason.at("/failedSteps/0/step").asText()).isEqualTo("bad");
        assertThat(reason.at("/failedSteps/0/task").asText()).isEqualTo("vqa");
        assertThat(reason.at("/publishedSteps")).extracting(JsonNode::asText).containsExactly("caption", "vqa");
    }

    @Test
    void triesAgainWhenTheModelIsShortOfMemoryAndLetsOthersPass() {
        AtomicInteger refusals = new AtomicInteger(3);
        ScriptedModel busy = new ScriptedModel(request -> {
            if (request.images().get(0).name().equals("a.jpg") && refusals.getAndDecrement() > 0) {
                throw new ResourceExhaustedException("No room for \"a.jpg\" now.");
            }
            return "done";
        });
        try (PipelineHarness pipelines = PipelineHarness.start(busy, photos(photos))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            drop(photos, "b.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("b.jpg.caption.json"));
            awaitFile(photos.resolve("a.jpg.caption.json"));

            assertThat(busy.askedImages().stream().filter("a.jpg"::equals)).hasSize(4);
            assertThat(files(photos.resolve("rejected"))).isEmpty();
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void takesAnImageWithABackslashInItsNameAndOneInAFolderOfThatName() {
        try (PipelineHarness pipelines = PipelineHarness.start(
                model, photos(photos, "from", "file:" + photos + "?delay=20&initialDelay=0&recursive=true"))) {
            drop(photos, "back\\slash.jpg", TestImages.jpeg(1));
            drop(photos, "back/slash.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("back\\slash.jpg.caption.json"));
            awaitFile(photos.resolve("back/slash.jpg.caption.json"));

            assertThat(model.askedImages()).containsExactlyInAnyOrder("back\\slash.jpg", "back/slash.jpg");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void givesUpAfterTheLastAttemptAndSaysHowManyThereWere() {
        ScriptedModel full = new ScriptedModel(request -> {
            throw new ResourceExhaustedException("No room for \"a.jpg\" now.");
        });
        try (PipelineHarness pipelines = PipelineHarness.start(full, photos(photos, "max-attempts", "3"))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("rejected/a.jpg"));

            JsonNode reason = json(photos.resolve("rejected/a.jpg.reason.json"));
            assertThat(reason.at("/category").asText()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(reason.at("/message").asText())
                    .isEqualTo("Given up after 3 attempts (max-attempts=3): No room for \"a.jpg\" now.");
            assertThat(reason.at("/attempts").asInt()).isEqualTo(3);
            assertThat(full.askedImages()).hasSize(3);
            await().untilAsserted(
                            () -> assertThat(retries(pipelines).getDetails()).containsEntry("retrying", 0));
        }
    }

    @Test
    void saysInItsHealthWhatIsTriedAgainSinceWhenAndWhy() {
        ScriptedModel full = new ScriptedModel(request -> {
            throw new ResourceExhaustedException("No room for \"a.jpg\" now.");
        });
        try (PipelineHarness pipelines = PipelineHarness.start(full, photos(photos))) {
            assertThat(retries(pipelines).getState()).isEqualTo(HealthCheck.State.UP);
            drop(photos, "a.jpg", TestImages.jpeg(1));
            await().until(() -> retries(pipelines).getState() == HealthCheck.State.DOWN);

            HealthCheck.Result result = retries(pipelines);
            assertThat(result.getDetails())
                    .containsEntry("pipeline", "photos")
                    .containsEntry("image", "a.jpg")
                    .containsEntry("retrying", 1)
                    .containsEntry("maxAttempts", 1000)
                    .containsEntry("reason", "No room for \"a.jpg\" now.");
            assertThat(result.getDetails().get("attempts"))
                    .asInstanceOf(InstanceOfAssertFactories.INTEGER)
                    .isGreaterThan(1);
            assertThat(Instant.parse((String) result.getDetails().get("since"))).isBefore(Instant.now());
            assertThat(result.getMessage().orElseThrow()).contains("\"photos\" tries \"a.jpg\" again since");
        }
    }

    private static HealthCheck.Result retries(PipelineHarness pipelines) {
        return HealthCheckRegistry.get(pipelines.context())
                .getCheck("retries:pipeline-photos")
                .orElseThrow()
                .callReadiness();
    }

    @Test
    void doesNotAskAgainAfterARestartWhatIsAlreadyAnswered() {
        drop(photos, "a.jpg", TestImages.jpeg(1));
        drop(photos, "b.jpg", TestImages.jpeg(2));
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(photos))) {
            awaitFile(photos.resolve("a.jpg.caption.json"));
            awaitFile(photos.resolve("b.jpg.caption.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        ScriptedModel afterwards = ScriptedModel.describing();
        drop(photos, "b.jpg", TestImages.jpeg(0x00ff00));
        try (PipelineHarness pipelines = PipelineHarness.start(afterwards, photos(photos))) {
            drop(photos, "c.jpg", TestImages.jpeg(4));
            awaitFile(photos.resolve("c.jpg.caption.json"));
            await().until(() -> afterwards.askedImages().contains("b.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(model.askedImages()).containsExactlyInAnyOrder("a.jpg", "b.jpg");
        assertThat(afterwards.askedImages()).containsExactlyInAnyOrder("b.jpg", "c.jpg");
    }

    @Test
    void asksOnlyTheStepWhoseQuestionChanged() {
        drop(photos, "a.jpg", TestImages.jpeg(1));
        try (PipelineHarness pipelines =
                PipelineHarness.start(model, photos(photos, "steps[1].task", "vqa", "steps[1].prompt", "what?"))) {
            awaitFile(photos.resolve("a.jpg.vqa.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        ScriptedModel afterwards = ScriptedModel.describing();
        try (PipelineHarness pipelines = PipelineHarness.start(
                afterwards, photos(photos, "steps[1].task", "vqa", "steps[1].prompt", "where?"))) {
            await().until(() -> json(photos.resolve("a.jpg.vqa.json"))
                    .at("/prompt")
                    .asText()
                    .equals("where?"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(afterwards.askedImages()).containsExactly("a.jpg");
    }

    @Test
    void takesAImageAgainThatWasReplacedWhileItWasAnswered() {
        byte[] replacement = TestImages.jpeg(0xabcdef);
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel replacing = new ScriptedModel(request -> {
            if (calls.incrementAndGet() == 1) {
                drop(photos, "a.jpg", replacement);
            }
            return "answer " + calls.get();
        });
        Path done = work.resolve("done");
        try (PipelineHarness pipelines =
                PipelineHarness.start(replacing, photos(photos, "original", "move", "move-to", done.toString()))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitGone(photos.resolve("a.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(calls).hasValue(2);
        assertThat(done.resolve("a.jpg")).hasBinaryContent(replacement);
        assertThat(json(photos.resolve("a.jpg.caption.json")).at("/text").asText())
                .isEqualTo("answer 2");
    }

    @Test
    void writesResultsIntoSeveralPlaces() {
        Path results = work.resolve("results");
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(photos, "to", "beside,file:" + results))) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(results.resolve("a.jpg.caption.json"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(results.resolve("a.jpg.caption.json")).hasSameBinaryContentAs(photos.resolve("a.jpg.caption.json"));
    }

    @Test
    void drawsOnRequestAndNeverTakesADrawingForAImage() throws IOException {
        ScriptedModel boxes = new ScriptedModel(request -> "{<10><10><60><60>}");
        var properties = photos(
                photos,
                "draw",
                "true",
                "steps[0].task",
                "detection",
                "steps[0].prompt",
                "dog",
                "steps[0].name",
                "dogs");
        try (PipelineHarness pipelines = PipelineHarness.start(boxes, properties)) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(photos.resolve("a.jpg.dogs.png"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        Files.delete(photos.resolve("a.jpg.dogs.json"));
        Files.delete(photos.resolve("a.jpg"));
        try (PipelineHarness pipelines = PipelineHarness.start(boxes, properties)) {
            drop(photos, "b.jpg", TestImages.jpeg(2));
            awaitFile(photos.resolve("b.jpg.dogs.png"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(boxes.askedImages()).containsExactlyInAnyOrder("a.jpg", "b.jpg");
        assertThat(files(photos)).containsExactly("a.jpg.dogs.png", "b.jpg", "b.jpg.dogs.json", "b.jpg.dogs.png");
        BufferedImage drawing = ImageIO.read(photos.resolve("a.jpg.dogs.png").toFile());
        assertThat(drawing.getWidth())
                .as("as wide as the strip that counts what was found")
                .isEqualTo(176);
        assertThat(drawing.getHeight()).isGreaterThan(24);
    }

    @Test
    void handsImagesOnFromOnePipelineToTheNext() {
        Path second = work.resolve("second");
        drop(second, "kept.txt", new byte[0]);
        var properties = photos(photos, "original", "move", "move-to", second.toString());
        properties.put("sextant.pipelines.second.from", "file:" + second + "?delay=20&initialDelay=0&include=.*jpg");
        properties.put("sextant.pipelines.second.settle", "20ms");
        properties.put("sextant.pipelines.second.original", "delete");
        properties.put("sextant.pipelines.second.steps[0].task", "vqa");
        properties.put("sextant.pipelines.second.steps[0].prompt", "what?");
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties)) {
            drop(photos, "a.jpg", TestImages.jpeg(1));
            awaitFile(second.resolve("a.jpg.vqa.json"));
            awaitGone(second.resolve("a.jpg"));
            assertThat(pipelines.context().getRoutes()).hasSize(2);
        }

        assertThat(files(photos)).containsExactly("a.jpg.caption.json");
        assertThat(files(second)).containsExactly("a.jpg.vqa.json", "kept.txt");
    }

    @Test
    void copesWithOddFileNames() {
        String[] names = {
            "a b%20c&d.jpg", "${file.name} $simple{body}.jpg", "ünï-日本.jpg", "-rf.jpg", "no-extension", "two\nlines.jpg"
        };
        for (int i = 0; i < names.length; i++) {
            drop(photos, names[i], TestImages.jpeg(i));
        }
        Path done = work.resolve("done");
        try (PipelineHarness pipelines =
                PipelineHarness.start(model, photos(photos, "original", "move", "move-to", done.toString()))) {
            for (String name : names) {
                awaitFile(done.resolve(name));
                assertThat(photos.resolve(name + ".caption.json")).exists();
            }
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(files(photos)).hasSize(names.length);
    }

    @Test
    void rejectsAImageWhoseNameIsTooLongForItsResults() {
        String name = "x".repeat(245) + ".jpg";
        drop(photos, name, TestImages.jpeg(1));
        try (PipelineHarness pipelines = PipelineHarness.start(model, photos(photos))) {
            awaitGone(photos.resolve(name));
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(files(photos)).hasSize(2).allMatch(file -> file.startsWith("rejected/xxx"));
        assertThat(json(photos.resolve(files(photos).get(1))).at("/message").asText())
                .contains("too long a name");
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happened in 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
