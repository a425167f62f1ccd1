package io.sextant.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.training.stage.Stage;
import io.sextant.training.stage.StageFile;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.SyntheticRenders;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The verbs from end to end: scenes of synthetic images, scored with a model of random weights. */
class MainTest {
    private static final String REQUESTS = "12";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void fitsAProbeForTheModelItWasFittedOn() throws IOException {
        Path data = writeScenes("data", "8");
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 1);
        Path others = Files.createDirectory(folder.resolve("others"));
        for (int number = 0; number < 8; number++) {
            BufferedImage plain = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 64; x++) {
                plain.setRGB(x, 7 + number, 0xffffff);
            }
            ImageIO.write(plain, "png", others.resolve(number + ".png").toFile());
        }

        int exit = run(
                "train",
                "familiarity",
                "--known",
                data.toString(),
                "--unknown",
                others.toString(),
                "--model",
                folder.resolve("model").toString(),
                "--penalty",
                "1",
                "--out",
                folder.resolve("familiarity.txt").toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("0 of 4 known ones are called unknown, 8 of 8 unknown ones are found");
        assertThat(Files.readAllLines(folder.resolve("familiarity.txt")))
                .hasSize(2 + 2 * RandomModelSize.tiny().dimensions().decoder().hidden());
    }

    @Test
    void writesScenesAndScoresAModelOnThem() throws IOException {
        Path data = writeScenes("data", "5");
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 1);

        int exit = run(
                "evaluate",
                "--data",
                data.toString(),
                "--model",
                folder.resolve("model").toString(),
                "--limit",
                REQUESTS,
                "--json",
                folder.resolve("scores.json").toString(),
                "--predictions",
                folder.resolve("predictions.jsonl").toString(),
                "--calibrate",
                folder.resolve("calibration.json").toString(),
                "--sheet",
                folder.resolve("sheet.png").toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("malformed answers")
                .containsPattern("caption, (short|detailed|grounded)")
                .contains("detection average precision: AP50 ")
                .containsPattern("raw confidence, vqa answer: [0-9]+, mean 0\\.[0-9]+")
                .doesNotContain("calibrated confidence");
        assertThat(ConfidenceCalibration.read(folder.resolve("calibration.json"))
                        .curves())
                .as("a random model is hardly ever right")
                .isEmpty();
        JsonObject scores = JsonParser.parseString(Files.readString(folder.resolve("scores.json")))
                .getAsJsonObject();
        int count = 0;
        for (String task : List.of("refer", "identify", "vqa", "detection", "grounding", "caption")) {
            count += scores.getAsJsonObject(task).get("count").getAsInt();
        }
        assertThat(count).isEqualTo(12);
        assertPredictionsKeepTheLines(data);
        assertThat(ImageIO.read(folder.resolve("sheet.png").toFile()).getWidth())
                .isGreaterThan(300);
    }

    @Test
    void theSameSeedWritesTheSameFilesAndAnotherSplitOthers() throws IOException {
        Path first = writeScenes("first", "7");
        Path again = writeScenes("again", "7");
        String annotations = Files.readString(first.resolve("annotations.jsonl"));
        int exit = run(
                "scenes",
                "--out",
                folder.resolve("other").toString(),
                "--count",
                "4",
                "--seed",
                "7",
                "--split",
                "TRAIN",
                "--cache",
                folder.resolve("cache").toString());

        assertThat(exit).isZero();
        assertThat(again.resolve("annotations.jsonl")).hasContent(annotations);
        assertThat(again.resolve("images/000001.jpg")).hasSameBinaryContentAs(first.resolve("images/000001.jpg"));
        assertThat(folder.resolve("other/annotations.jsonl").toFile()).isFile();
        assertThat(Files.readString(folder.resolve("other/annotations.jsonl"))).isNotEqualTo(annotations);
    }

    @Test
    void everySceneIsAskedEveryTaskAndTwoQuestionsAgain() throws IOException {
        List<JsonObject> lines = Files.readAllLines(writeScenes("data", "9").resolve("annotations.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();

        assertThat(lines).filteredOn(line -> !line.has("history")).hasSizeBetween(4 * 4, 4 * 6);
        assertThat(lines).filteredOn(line -> line.has("history")).hasSize(4 * 2);
        for (JsonObject again :
                lines.stream().filter(line -> line.has("history")).toList()) {
            JsonObject first = again.deepCopy();
            first.remove("history");
            assertThat(lines).contains(first);
        }
    }

    @Test
    void refusesWhatCannotBeDone() {
        writeScenes("data", "9");

        assertThat(run("scenes", "--out", folder.resolve("data").toString())).isEqualTo(2);
        assertThat(run("scenes", "--out", "x", "--count", "0")).isEqualTo(2);
        assertThat(run("scenes", "--out", "x", "--seed", "2097152")).isEqualTo(2);
        assertThat(run("evaluate", "--data", folder.toString(), "--model", "x")).isEqualTo(1);
        assertThat(run("evaluate", "--data", folder.toString(), "--model", "x", "--limit", "0"))
                .isEqualTo(2);
        assertThat(run("train", "--stage", "encoder", "--run", "x", "--device", "tpu"))
                .isEqualTo(2);
        assertThat(run("scenes", "--out", folder.resolve("s").toString(), "--sheet", "missing/sheet.png"))
                .isEqualTo(2);
        assertThat(run("train", "familiarity", "--known", "k", "--unknown", "u", "--out", "missing/probe.txt"))
                .isEqualTo(2);
        assertThat(run("scenes", "--split", "holdout", "--out", "x")).isEqualTo(2);
        assertThat(err.toString())
                .contains("already holds a data set")
                .contains("--count must be at least 1, was 0")
                .contains("--sheet missing/sheet.png lies in no folder")
                .contains("--out missing/probe.txt lies in no folder")
                .contains("--seed must be in 0..2097151, was 2097152")
                .contains("has no annotations.jsonl")
                .contains("--limit must be at least 1, was 0")
                .contains("--device=tpu is not a device");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--minutes=0 | --minutes must be more than 0 and at most 1000000, was 0.0",
                "--minutes=NaN | --minutes must be more than 0 and at most 1000000, was NaN",
                "--minutes=1e300 | --minutes must be more than 0 and at most 1000000, was 1.0E300",
                "--checkpoint-minutes=-1 | --checkpoint-minutes must be in 0..1000000, was -1.0",
                "--checkpoint-minutes=1e300 | --checkpoint-minutes must be in 0..1000000, was 1.0E300",
                "--precision=float64 | --precision=float64 is not known; use auto, float32 or bfloat16"
            })
    void refusesAnOptionThatMakesNoSenseBeforeAnythingIsDone(String option, String said) {
        Path run = folder.resolve("run");
        assertThat(run("train", "--stage", "encoder", "--run", run.toString(), option))
                .isEqualTo(2);
        assertThat(err.toString()).contains(said);
        assertThat(run).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--json", "--predictions", "--sheet", "--calibrate"})
    void looksWhetherScoresCanBeWrittenBeforeTheModelAnswers(String option) throws IOException {
        Path data = writeScenes("data", "5");
        Files.createDirectory(folder.resolve("taken"));
        for (String place : List.of("missing/file", "taken")) {
            String file = folder.resolve(place).toString();
            assertThat(run("evaluate", "--data", data.toString(), "--model", "none", option, file))
                    .isEqualTo(2);
            assertThat(err.toString()).contains(option + " " + file);
        }
        assertThat(err.toString()).contains("make the folder first", "is a folder; name a file");
    }

    @Test
    void namesTheKindsOfNumbersThatAreWritten() throws IOException {
        Files.createDirectories(folder.resolve("run/checkpoints"));
        assertThat(run(
                        "train",
                        "export",
                        "--run",
                        folder.resolve("run").toString(),
                        "--out",
                        folder.resolve("model").toString(),
                        "--type",
                        "int8"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--type=int8 is not known; use bfloat16, float16 or float32.");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void aStageThatIsOverIsDoneWhateverCameBehindIt() throws IOException {
        Path run = folder.resolve("run");
        Stage encoder = StageFile.read("encoder");
        writeState(run.resolve("checkpoints/000001-encoder-7000"), encoder.digest(), "encoder");
        writeState(run.resolve("checkpoints/000002-words-7000"), "digest of another file", "words");

        assertThat(run("train", "--stage", "encoder", "--run", run.toString())).isZero();
        assertThat(run("train", "--stage", "words", "--run", run.toString())).isEqualTo(2);

        assertThat(out.toString()).contains("encoder is over in " + run);
        assertThat(err.toString()).contains("The file of the stage \"words\" has changed");
    }

    @Test
    void outputThatIsLostIsAFailure() {
        Writer full = new Writer() {
            @Override
            public void write(char[] characters, int offset, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(full));
        commandLine.setErr(new PrintWriter(err, true));
        assertThat(Main.execute(commandLine, "--help")).isEqualTo(1);
        assertThat(err.toString()).contains("sextant: standard output cannot be written");
    }

    private static void writeState(Path checkpoint, String digest, String stage) throws IOException {
        Files.createDirectories(checkpoint);
        Files.writeString(checkpoint.resolve("state.json"), """
                {"stage": "%s", "stageDigest": "%s", "step": 7000, "steps": 7000, "seconds": 1, "precision": "float32",
                 "optimiserSteps": {}}
                """.formatted(stage, digest));
    }

    private void assertPredictionsKeepTheLines(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("annotations.jsonl"));
        List<String> predictions = Files.readAllLines(folder.resolve("predictions.jsonl"));
        assertThat(predictions).hasSize(12);
        for (int i = 0; i < predictions.size(); i++) {
            JsonObject line = JsonParser.parseString(predictions.get(i)).getAsJsonObject();
            assertThat(line.remove("text").getAsString()).isNotNull();
            assertThat(line).isEqualTo(JsonParser.parseString(lines.get(i)));
        }
    }

    private Path writeScenes(String name, String seed) {
        Path cache = folder.resolve("cache");
        if (!Files.exists(cache)) {
            SyntheticRenders.fill(cache, Nouns.load());
        }
        Path data = folder.resolve(name);
        int exit = run(
                "scenes",
                "--out",
                data.toString(),
                "--count",
                "4",
                "--seed",
                seed,
                "--cache",
                cache.toString(),
                "--sheet",
                folder.resolve(name + ".png").toString());
        assertThat(exit).as(err.toString()).isZero();
        assertThat(folder.resolve(name + ".png")).isNotEmptyFile();
        return data;
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return Main.execute(commandLine, arguments);
    }
}
