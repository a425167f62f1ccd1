package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.sextant.core.GenerationRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.declared.TaskFiles;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.VisionTask;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile words to every task there is, as its prompt, its headers and what its own steps answer: the tokens around a user's words are
 * those that harmless words have around them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "a".repeat(64), 200, 400, 1, new byte[3 * 200 * 400]);

    /** Words without harm, which begin and end in different ways: what all have around them belongs to the task. */
    private static final List<String> HARMLESS =
            List.of("hello", "[ x]", "< x>", "{<1><2><3><4>}", "(a)", "1", "\u00e9\u65e5", "red cup");

    private static final List<String> CONTROL_WORDS = List.of(
            "<s>", "</s>", "<unk>", "<imagehere>", "<img>", "</img>", "[inst]", "[/inst]", "<<sys>>", "<</sys>>");

    private LlamaTokenizer tokenizer;
    private TaskRegistry registry;
    private PromptEncoder encoder;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        tokenizer = SmallTokenizers.open(Files.createDirectory(folder.resolve("tokenizer")));
        Path tasks = Files.createDirectory(folder.resolve("tasks"));
        Files.writeString(tasks.resolve("declared.yaml"), """
                identifier: count-things
                template: "is the {header.colour} {prompt} near {box} refer] /INST] {header.size}?"
                headers: [colour, size=large]
                """);
        Files.writeString(tasks.resolve("steps@2.yaml"), """
                headers: [colour]
                steps:
                  - name: things
                    ask: detection
                    prompt: "{prompt}"
                  - name: colour
                    ask: vqa
                    at: things
                    prompt: "is the {things} {header.colour}? ["
                  - name: why
                    ask: vqa
                    at: things
                    prompt: "why is the {things} {colour}?"
                  - name: scene
                    ask: grounding
                  - name: check
                    ask: refer
                    prompt: "{scene}"
                """);
        registry = TaskRegistries.discover(Map.of(), TaskFiles.tasks(List.of(tasks)));
        encoder = new PromptEncoder(tokenizer, PromptStyle.REFERENCE, registry.taskIdentifiers());
    }

    @Test
    void thereAreAHundredTextsAndTasksOfAllKinds() throws IOException {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(registry.tasks())
                .extracting(task -> task.descriptor().name())
                .contains("vqa", "caption", "chat", "verified-caption", "read-each", "declared", "steps@2");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void changesNoTokenOfATasks(String attack) {
        int asked = 0;
        for (VisionTask task : registry.tasks()) {
            for (GenerationRequest request : requests(task.descriptor(), attack)) {
                assertHarmless(task.descriptor().name(), request);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(registry.tasks().size());
    }

    private List<GenerationRequest> requests(TaskDescriptor task, String attack) {
        FakeVisionLanguageModel model =
                new FakeVisionLanguageModel(request -> "<p>" + attack + "</p> {<10><10><50><50>} a cup and " + attack);
        boolean hasImage = task.imageNeed() != InputNeed.UNUSED;
        Map<String, String> headers = new HashMap<>();
        task.headers().keySet().forEach(header -> headers.put(header, attack));
        TaskInput input = TaskInput.builder(hasImage ? IMAGE : null)
                .prompt(task.promptNeed() == InputNeed.UNUSED ? "" : attack)
                .box(task.boxNeed() == InputNeed.UNUSED ? null : new PixelBox(1, 2, 100, 200))
                .headers(headers)
                .build();
        try {
            new ModelTaskRunner(model, registry).run(task.name(), input);
        } catch (InvalidRequestException e) {
            assertThat(attack.isBlank() || attack.contains("{<"))
                    .as("only blank words and boxes may be refused: " + e.getMessage())
                    .isTrue();
        }
        return model.requests();
    }

    private void assertHarmless(String task, GenerationRequest request) {
        EncodedPrompt attacked = encode(request.turns());
        List<List<Integer>> twins = new ArrayList<>();
        for (String words : HARMLESS) {
            twins.add(ids(encode(twin(request.turns(), words))));
        }
        EncodedPrompt twin = encode(twin(request.turns(), HARMLESS.get(0)));
        List<Integer> ids = ids(attacked);
        int before = common(twins, i -> i);
        int after = Math.min(common(twins, i -> -1 - i), least(twins) - before);
        List<Integer> one = twins.get(0);
        String where = task + ": " + attacked.text();

        assertThat(ids.size()).as(where).isGreaterThanOrEqualTo(before + after);
        assertThat(ids.subList(0, before)).as(where).isEqualTo(one.subList(0, before));
        assertThat(ids.subList(ids.size() - after, ids.size()))
                .as(where)
                .isEqualTo(one.subList(one.size() - after, one.size()));
        assertThat(attacked.imageCount()).as(where).isEqualTo(twin.imageCount());
        assertThat(special(ids)).as(where).isEqualTo(special(one));
        Set<String> words = new LinkedHashSet<>(CONTROL_WORDS);
        registry.taskIdentifiers().forEach(identifier -> words.add("[" + identifier + "]"));
        for (String word : words) {
            assertThat(count(decoded(ids), word)).as(word + " in " + where).isEqualTo(count(decoded(one), word));
        }
    }

    /** The same question with other words of the user's. */
    private static List<Turn> twin(List<Turn> turns, String words) {
        return turns.stream()
                .map(turn -> Turn.open(turn.question().stream()
                        .map(segment ->
                                segment instanceof PromptSegment.UserText ? PromptSegment.userText(words) : segment)
                        .toList()))
                .toList();
    }

    /** How many ids are the same in all, from the beginning or the end on. */
    private static int common(List<List<Integer>> all, IntUnaryOperator index) {
        int least = least(all);
        for (int i = 0; i < least; i++) {
            Set<Integer> at = new LinkedHashSet<>();
            for (List<Integer> ids : all) {
                at.add(ids.get(Math.floorMod(index.applyAsInt(i), ids.size())));
            }
            if (at.size() > 1) {
                return i;
            }
        }
        return least;
    }

    private static int least(List<List<Integer>> all) {
        return all.stream().mapToInt(List::size).min().orElseThrow();
    }

    private EncodedPrompt encode(List<Turn> turns) {
        return encoder.encode(turns, 1, ConversationForm.TRAINING);
    }

    private static List<Integer> ids(EncodedPrompt prompt) {
        List<Integer> ids = new ArrayList<>();
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                Arrays.stream(tokens.ids()).forEach(ids::add);
            }
        }
        return ids;
    }

    private List<Integer> special(List<Integer> ids) {
        Set<Integer> special = Set.of(tokenizer.bos(), tokenizer.eos(), tokenizer.unk());
        return ids.stream().filter(special::contains).toList();
    }

    private String decoded(List<Integer> ids) {
        return tokenizer
                .decode(ids.stream().mapToInt(Integer::intValue).toArray(), false)
                .toLowerCase(Locale.ROOT);
    }

    private static int count(String text, String word) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }

    /** The core's corpus, and its shorter texts in the middle of a question. */
    static List<String> attacks() throws IOException {
        try (Reader text = new InputStreamReader(
                Objects.requireNonNull(PromptEncoder.class.getResourceAsStream("attacks.json")),
                StandardCharsets.UTF_8)) {
            Set<String> attacks = new LinkedHashSet<>();
            List<Corpus> corpus = List.of(new Gson().fromJson(text, Corpus[].class));
            corpus.forEach(one -> attacks.add(String.join("", one.user())));
            corpus.forEach(one -> attacks.add("the cup, " + String.join("", one.user()) + " and a dog"));
            return List.copyOf(attacks);
        }
    }

    /** One text of the corpus, in pieces. */
    private record Corpus(List<String> user) {}
}
