package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.app.ask.OutcomeText;
import io.sextant.core.Decoding;
import io.sextant.core.ModelInfo;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.declared.DeclaredTask;
import io.sextant.tasks.declared.OutputShape;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskCommandTest {
    private final FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> FakeVisionLanguageModel.write(
                            request.turns().get(request.turns().size() - 1).question())
                    .contains("[detection]")
            ? "<p>cup</p> {<10><20><50><80>}"
            : "two cups");
    private final CommandLineHarness sextant = new CommandLineHarness((settings, progress) -> model);

    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void drawImage() throws Exception {
        image = CommandLineHarness.image(folder, "kitchen.png");
    }

    private int ask(Object... arguments) {
        return sextant.run(withModel(arguments));
    }

    private Object[] withModel(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "ask";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--model";
        all[all.length - 1] = folder;
        return all;
    }

    @Test
    void answersAQuestionInWords() {
        assertThat(ask(image, "--prompt", "how many cups?")).isZero();
        assertThat(sextant.out()).startsWith("two cups").contains("confidence 0.90");
        assertThat(sextant.err()).isEmpty();
        assertThat(model.lastQuestion()).startsWith("[vqa]").contains("how many cups?");
    }

    @Test
    void writesBoxesAsATableInPixels() {
        assertThat(ask(image, "--task", "detection", "--prompt", "cup")).isZero();
        assertThat(sextant.out())
                .containsPattern("phrase +xMin +yMin +xMax +yMax +confidence")
                .containsPattern("cup +20 +20 +100 +80 +0\\.90");
    }

    @ParameterizedTest
    @CsvSource({"kitchen.png,,caption", "kitchen.png,what?,vqa", ",what?,"})
    void choosesATaskByWhatIsGiven(String name, String prompt, String identifier) {
        List<Object> arguments = new java.util.ArrayList<>();
        if (name != null) {
            arguments.add(folder.resolve(name));
        }
        if (prompt != null) {
            arguments.addAll(List.of("--prompt", prompt));
        }
        assertThat(ask(arguments.toArray())).isZero();
        if (identifier == null) {
            assertThat(model.lastQuestion()).isEqualTo("what?");
        } else {
            assertThat(model.lastQuestion()).startsWith("[" + identifier + "]");
        }
    }

    @Test
    void writesNothingButJsonToStandardOutput() throws Exception {
        assertThat(ask(image, "--task", "caption", "--json", "-")).isZero();
        JsonNode document = new ObjectMapper().readTree(sextant.out());
        assertThat(document.at("/task").asText()).isEqualTo("caption");
        assertThat(document.at("/text").asText()).isEqualTo("two cups");
    }

    @Test
    void writesOneDocumentPerLineForSeveralImages() throws Exception {
        Path other = CommandLineHarness.image(folder, "other.png");
        Path file = folder.resolve("answers.jsonl");
        assertThat(ask(image, other, "--task", "caption", "--json", file)).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.get(1)).at("/image/name").asText())
                .isEqualTo("other.png");
        assertThat(sextant.out()).contains("kitchen.png:\ntwo cups", "other.png:\ntwo cups");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("kitchen.png", "other.png", "answers.jsonl");
    }

    @Test
    void writesThroughAPipeThatIsThere() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (List<String> option : List.of(List.of("--json"), List.of("--draw"))) {
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return Files.readAllBytes(pipe);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(ask(image, "--task", "caption", option.get(0), pipe))
                    .as(sextant.err())
                    .isZero();
            assertThat(read.get(1, TimeUnit.MINUTES)).isNotEmpty();
            assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                    .as("is a pipe still")
                    .isTrue();
        }
    }

    @Test
    void writesThroughALinkAndLeavesIt() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("answer");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        for (String option : new String[] {"--json", "--draw"}) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(ask(image, "--task", "caption", option, link))
                        .as(sextant.err())
                        .isZero();
                assertThat(link).isSymbolicLink();
                assertThat(real).isNotEmptyFile();
            }
            Files.delete(real);
        }
        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("real"));
        assertThat(ask(image, "--task", "caption", "--json", link)).isEqualTo(2);
        assertThat(sextant.err()).contains("--json " + link + " is a folder");
    }

    @Test
    void writesToADeviceAndLeavesIt() throws Exception {
        Path device = Path.of("/dev/null");
        for (String option : new String[] {"--json", "--draw"}) {
            assertThat(ask(image, "--task", "caption", option, device))
                    .as(sextant.err())
                    .isZero();
            assertThat(Files.readAttributes(device, BasicFileAttributes.class).isOther())
                    .as("is a device still")
                    .isTrue();
        }
        assertThat(Path.of("/dev/.null.partial")).doesNotExist();
    }

    @Test
    void showsTextThatHasNotTheShapeItsTaskPromises() {
        DeclaredTask count = DeclaredTask.of("count", "how many {prompt}?").withShape(OutputShape.NUMBER);
        TaskRegistry registry = TaskRegistries.of(List.of(), Map.of(), List.of(count));
        RgbImage image = new RgbImage("p.png", "0".repeat(64), 2, 1, 1, new byte[6]);
        TaskInput input = TaskInput.builder(image).prompt("cups").build();
        StringWriter out = new StringWriter();

        OutcomeText.print(
                new ModelTaskRunner(FakeVisionLanguageModel.answering("lots"), registry).run("count", input),
                new PrintWriter(out, true));

        assertThat(out.toString()).contains("no answer of the form", "not readable: lots");
    }

    @Test
    void goesOnAfterABadImage() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        Path missing = folder.resolve("missing.png");
        assertThat(ask(bad, missing, image, "--task", "caption")).isEqualTo(1);
        assertThat(sextant.out()).isEqualTo("kitchen.png:\ntwo cups\n");
        assertThat(sextant.err().lines()).hasSize(2).allMatch(line -> line.startsWith("sextant: "));
        assertThat(sextant.err()).contains("bad.png").contains("missing.png").doesNotContain("\tat ");
    }

    @Test
    void drawsTheBoxesOnTheImage() throws Exception {
        Path drawn = folder.resolve("drawn.png");
        assertThat(ask(image, "--task", "detection", "--prompt", "cup", "--draw", drawn))
                .isZero();
        assertThat(ImageIO.read(drawn.toFile()).getRGB(20, 50)).isNotEqualTo(0xff000000);
    }

    @ParameterizedTest
    @CsvSource({"drawn.jpg,jpeg", "drawn.JPEG,jpeg", "drawn.png,png", "drawn,png"})
    void drawsInTheFormatTheNameSays(String name, String format) throws Exception {
        Path drawn = folder.resolve(name);
        assertThat(ask(image, "--task", "detection", "--prompt", "cup", "--draw", drawn))
                .isZero();
        try (ImageInputStream stream = ImageIO.createImageInputStream(drawn.toFile())) {
            assertThat(ImageIO.getImageReaders(stream).next().getFormatName()).isEqualToIgnoringCase(format);
        }
    }

    @ParameterizedTest
    @CsvSource({"--json", "--draw"})
    void writesOverNoImageThatItIsAskedAbout(String option) throws Exception {
        byte[] before = Files.readAllBytes(image);
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), image);
        for (Path output : List.of(image, folder.resolve("./kitchen.png"), link)) {
            assertThat(ask(image, option, output)).isEqualTo(2);
            assertThat(sextant.err()).contains(option, "kitchen.png itself");
        }
        assertThat(image).hasBinaryContent(before);
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void writesNoTwoAnswersToOneFile() throws Exception {
        Path same = folder.resolve("same.png");
        assertThat(ask(image, "--json", same, "--draw", same)).isEqualTo(2);
        Path other = CommandLineHarness.image(Files.createDirectory(folder.resolve("other")), "kitchen.png");
        assertThat(ask(image, other, "--draw", folder.resolve("drawn"))).isEqualTo(2);
        assertThat(sextant.err()).contains("kitchen.png.png would be written twice");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void leavesWhatIsThereWhereNothingWasAnswered() throws Exception {
        Path answers = Files.writeString(folder.resolve("answers.json"), "of yesterday");
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        assertThat(ask(bad, "--json", answers)).isEqualTo(1);
        assertThat(answers).hasContent("of yesterday");
        assertThat(ask(bad, "--json", folder.resolve("none.json"))).isEqualTo(1);
        assertThat(folder.resolve("none.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--json,''", "--draw,''", "--draw,-"})
    void refusesANameThatIsNone(String option, String name) {
        assertThat(ask(image, option, name)).isEqualTo(2);
        assertThat(sextant.err()).contains(option, "names no file");
    }

    @Test
    void refusesToDrawInAFormatItCannotWrite() {
        assertThat(ask(image, "--draw", folder.resolve("drawn.gif"))).isEqualTo(2);
        assertThat(sextant.err()).contains("drawn.gif", ".png or .jpg");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void tellsWhatWasNotFound() {
        assertThat(ask(image, "--task", "detection", "--prompt", "cup, dog")).isZero();
        assertThat(sextant.out()).startsWith("cup: 1 box, dog: none\n");
    }

    @Test
    void marksWhatWasNotAskedFor() {
        assertThat(ask(image, "--task", "detection", "--prompt", "mug")).isZero();
        assertThat(sextant.out())
                .startsWith("mug: none, cup (asked: mug): 1 box\n")
                .containsPattern("cup \\(asked: mug\\) +20 +20 +100 +80");
    }

    @Test
    void writesAPluginsResultAsJsonInAFixedOrder() {
        Map<String, Object> object = Map.of("zebra", 1, "apple", List.of(Map.of("y", 2.50, "x", true)), "mango", "m");
        StringWriter out = new StringWriter();

        OutcomeText.print(custom(object), new PrintWriter(out, true));

        assertThat(out.toString()).isEqualTo("""
                {
                  "apple" : [
                    {
                      "x" : true,
                      "y" : 2.5
                    }
                  ],
                  "mango" : "m",
                  "zebra" : 1
                }
                """);
    }

    private static TaskOutcome custom(Map<String, Object> object) {
        ModelInfo model = new ModelInfo("fake", "0", 448, 256, 4096, "cpu", "float32");
        return TaskOutcome.builder("0".repeat(64), "custom", model, new TaskResult.Custom("urn:test", object))
                .prompt("what?")
                .text("text")
                .build();
    }

    @Test
    void saysWhatTheEmbeddedModelKnows() {
        assertThat(sextant.run("ask", image)).isZero();
        assertThat(sextant.err()).contains("drawn scenes", "photographs").hasLineCount(1);
        assertThat(ask(image)).isZero();
        assertThat(sextant.err()).isEmpty();
    }

    @Test
    void tellsAnUnknownCommandOfAConversation() {
        assertThat(sextant.runWithInput("/foo\n/box\n/box 1,2,3\n", withModel(image, "--chat")))
                .isZero();
        assertThat(model.requests()).isEmpty();
        assertThat(sextant.err())
                .contains("/foo is unknown", "/box needs a box", "a box is xMin,yMin,xMax,yMax")
                .doesNotContain("Exception");
    }

    @Test
    void drawsSeveralImagesIntoAFolder() throws Exception {
        Path other = CommandLineHarness.image(folder, "other.png");
        assertThat(ask(image, other, "--task", "caption", "--draw", folder.resolve("drawn")))
                .isZero();
        assertThat(folder.resolve("drawn").toFile().list())
                .containsExactlyInAnyOrder("kitchen.png.png", "other.png.png");
    }

    @ParameterizedTest
    @CsvSource({
        "--task,nonsense,nonsense",
        "--task,detection,--prompt",
        "--task,refer,--prompt",
        "--task,identify,--box",
        "--box,'1,2,3',a box is",
        "--box,'9,2,3,4',box",
        "--temperature,-1,--temperature",
        "--temperature,warm,--temperature",
        "--max-new-tokens,many,--max-new-tokens",
        "--seed,1.5,--seed",
        "--beams,few,--beams",
        "--top-k,x,--top-k",
        "--top-p,x,--top-p",
        "--repetition-penalty,x,--repetition-penalty",
        "--max-new-tokens,0,--max-new-tokens",
        "--top-k,-1,--top-k",
        "--top-p,2,--top-p",
        "--beams,99,--beams",
        "--repetition-penalty,0,--repetition-penalty",
        "--frobnicate,1,frobnicate"
    })
    void refusesWrongUseBeforeTheModelIsOpened(String option, String value, String named) {
        CommandLineHarness withoutModel = new CommandLineHarness((settings, progress) -> {
            throw new AssertionError("opened");
        });
        assertThat(withoutModel.run("ask", image, option, value, "--model", folder))
                .isEqualTo(2);
        assertThat(withoutModel.out()).isEmpty();
        assertThat(withoutModel.err()).contains(named).contains("--help").doesNotContain("\tat ");
    }

    @Test
    void tellsAllOptionsThatCannotBeUsedTogether() {
        assertThat(ask(image, "--temperature", "warm", "--seed=1.5", "--box", "1,2", "--prompt", "what?"))
                .isEqualTo(2);
        assertThat(sextant.err()).contains("--temperature", "warm", "--seed", "1.5", "--box");
        assertThat(ask(image, "--temperature", "-1", "--max-new-tokens", "0")).isEqualTo(2);
        assertThat(sextant.err()).contains("--temperature must", "--max-new-tokens must");
    }

    @Test
    void asksTheEmbeddedModelWhereNoneIsNamed() {
        List<Path> opened = new ArrayList<>();
        CommandLineHarness watched = new CommandLineHarness((settings, progress) -> {
            opened.add(settings.folder());
            return model;
        });
        assertThat(watched.run("ask", image)).isZero();
        assertThat(opened).containsExactly(EmbeddedModel.folder());
    }

    @Test
    void readsTheConfigurationFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("my.properties"),
                "sextant.model.path=" + folder + "\nsextant.generation.max-new-tokens=7\n");
        try {
            assertThat(sextant.run("ask", image, "--config", file)).isZero();
            assertThat(model.requests().get(0).settings().maxNewTokens()).isEqualTo(7);
        } finally {
            System.clearProperty("io.sextant.config");
        }
    }

    @Test
    void namesAnUnknownKeyOfTheConfigurationFile() throws Exception {
        Path file = Files.writeString(folder.resolve("my.properties"), "sextant.model.pth=/models\n");
        try {
            assertThat(sextant.run("ask", image, "--config", file)).isEqualTo(2);
            assertThat(sextant.err()).contains("sextant.model.pth").contains("sextant.model.path");
        } finally {
            System.clearProperty("io.sextant.config");
        }
    }

    @Test
    void holdsAConversation() {
        String input = "how many cups?\n\n/task detection\ncup\n/task nonsense\n/quit\nnever asked\n";
        assertThat(sextant.runWithInput(input, withModel(image, "--chat"))).isZero();
        assertThat(model.requests()).hasSize(2);
        assertThat(model.requests().get(1).turns()).hasSize(2);
        assertThat(model.requests().get(1).turns().get(0).answer()).isEqualTo("two cups");
        assertThat(sextant.out()).startsWith("two cups").containsPattern("cup +20 +20 +100 +80");
        assertThat(sextant.err()).contains("detection, grounding");
    }

    @Test
    void chatsWithoutAImage() {
        assertThat(sextant.runWithInput("hello", withModel("--chat"))).isZero();
        assertThat(model.lastQuestion()).isEqualTo("hello");
        assertThat(model.requests().get(0).images()).isEmpty();
    }

    @Test
    void showsTheStackTraceOnlyWhenAskedFor() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        assertThat(ask(bad, "--verbose")).isEqualTo(1);
        assertThat(sextant.err()).contains("InvalidImageException").contains("\tat ");
    }

    @Test
    void neverLetsTheModelTalkToTheTerminal() {
        CommandLineHarness harness =
                new CommandLineHarness((settings, progress) -> FakeVisionLanguageModel.answering("red\u001b[31m text"));
        assertThat(harness.run("ask", image, "--model", folder)).isZero();
        assertThat(harness.out()).doesNotContain("\u001b").contains("red");
    }

    @Test
    void tellsNamesOfImagesOnOneLineEach() throws Exception {
        Path named = CommandLineHarness.image(folder, "b\u001b[31m\nsent\u009b.png");
        assertThat(ask(named, image)).isZero();
        assertThat(sextant.out().lines().toList())
                .containsExactly("b\\u001b[31m\\nsent\\u009b.png:", "two cups", "kitchen.png:", "two cups");
        Path bad = Files.writeString(folder.resolve("c\u001b[2J.png"), "no image");
        assertThat(ask(bad)).isEqualTo(1);
        assertThat(sextant.err()).doesNotContain("\u001b").contains("[2J.png");
    }

    @Test
    void keepsWhatIsConfiguredOfABeamSearch() throws Exception {
        assertThat(askConfigured("generation.decoding=beams", "generation.length-penalty=3", "--beams", "2"))
                .isEqualTo(new Decoding.Beams(2, 3));
        assertThat(askConfigured("generation.decoding=sampling", "generation.top-k=7", "--temperature", "0.5"))
                .isEqualTo(new Decoding.Sampling(0.5, 7, 0.9, 0));
    }

    @Test
    void keepsWhatIsConfiguredOfADecodingThatAnOptionChooses() throws Exception {
        assertThat(askConfigured("generation.length-penalty=3", "generation.beams=8", "--beams", "2"))
                .isEqualTo(new Decoding.Beams(2, 3));
        assertThat(askConfigured("generation.temperature=0.3", "generation.seed=42", "--top-k", "7"))
                .isEqualTo(new Decoding.Sampling(0.3, 7, 0.9, 42));
        assertThat(askConfigured("generation.decoding=beams", "generation.top-p=0.5", "--seed", "1"))
                .isEqualTo(new Decoding.Sampling(0.6, 50, 0.5, 1));
    }

    private Decoding askConfigured(String key, String further, String option, String value) throws IOException {
        Path file =
                Files.writeString(folder.resolve("my.properties"), "sextant." + key + "\nsextant." + further + "\n");
        try {
            assertThat(ask(image, "--config", file, option, value))
                    .as(sextant.err())
                    .isZero();
        } finally {
            System.clearProperty("io.sextant.config");
        }
        return model.requests().get(model.requests().size() - 1).settings().decoding();
    }

    @Test
    void givesTheHeadersOfAConversationToTheTasksThatReadThem() throws Exception {
        Files.createDirectories(folder.resolve("tasks"));
        Files.writeString(
                folder.resolve("tasks/shelf.yaml"),
                "template: is the {prompt} {header.colour}?\nheaders: [colour]\nanswers: [yes, no]\n");
        Path file = Files.writeString(
                folder.resolve("my.properties"), "sextant.plugins.tasks=" + folder.resolve("tasks") + "\n");
        Object[] options = {
            image, "--chat", "--config", file, "--task", "shelf", "--header", "colour=red", "--prompt", "milk"
        };
        try {
            assertThat(sextant.runWithInput("bread\n/task vqa\nwhat?\n", withModel(options)))
                    .as(sextant.err())
                    .isZero();
            assertThat(model.requests()).hasSize(3);
            assertThat(FakeVisionLanguageModel.write(
                            model.requests().get(2).turns().get(1).question()))
                    .contains("is the bread red?");
            assertThat(sextant.runWithInput("", withModel(image, "--chat", "--config", file, "--header", "colour=red")))
                    .as("for a task that is asked later")
                    .isZero();
        } finally {
            System.clearProperty("io.sextant.config");
        }
    }

    @Test
    void refusesWhatAConversationMakesNoUseOf() {
        assertThat(ask(image, "--chat", "--box", "1,1,5,5")).isEqualTo(2);
        assertThat(sextant.err()).contains("--box", "--prompt", "/box");
        assertThat(ask(image, "--chat", "--header", "color=red")).isEqualTo(2);
        assertThat(sextant.err()).contains("\"color\"");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void endsWhereStandardOutputTakesNothingMore() throws Exception {
        Path other = CommandLineHarness.image(folder, "other.png");
        for (List<String> json : List.of(List.<String>of(), List.of("--json", "-"))) {
            List<Object> arguments = new ArrayList<>(List.of(image, other));
            arguments.addAll(json);
            int before = model.requests().size();
            assertThat(sextant.runIntoFullOutput(withModel(arguments.toArray())))
                    .isEqualTo(1);
            assertThat(sextant.err())
                    .contains("Standard output cannot be written")
                    .hasLineCount(1);
            assertThat(model.requests()).as("the other is not asked").hasSize(before + 1);
        }
    }
}
