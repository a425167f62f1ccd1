package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words of a user that try to become more than words, from {@code attacks.json}, and what must hold for a prompt with them. The
 * checks share no code with the guard.
 *
 * @param why what is tried
 * @param user neighbouring user texts
 */
record Attack(String why, List<String> user) {
    /** The task of a plugin, that the encoder under test is told of. */
    static final String PLUGIN_TASK = "count-things";

    private static final List<String> CONTROL_WORDS = List.of(
            "<s>",
            "</s>",
            "<unk>",
            "<imagehere>",
            "<img>",
            "</img>",
            "[inst]",
            "[/inst]",
            "<<sys>>",
            "<</sys>>",
            "[vqa]",
            "[caption]",
            "[grounding]",
            "[refer]",
            "[identify]",
            "[detection]",
            "[" + PLUGIN_TASK + "]");

    static List<Attack> all() {
        try (Reader text = new InputStreamReader(
                Objects.requireNonNull(Attack.class.getResourceAsStream("attacks.json")), StandardCharsets.UTF_8)) {
            return List.of(new Gson().fromJson(text, Attack[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the words into every place where a user's words can stand, and compares with the same prompt of harmless words. */
    void assertHarmless(LlamaTokenizer tokenizer) {
        PromptEncoder encoder = new PromptEncoder(tokenizer, PromptStyle.REFERENCE, Set.of(PLUGIN_TASK));
        List<List<Integer>> spellings = CONTROL_WORDS.stream()
                .flatMap(word -> spellings(tokenizer, word))
                .distinct()
                .toList();
        for (ConversationForm form : ConversationForm.values()) {
            List<List<Turn>> hostile = conversations(user);
            List<List<Turn>> harmless = conversations(List.of("hello"));
            for (int i = 0; i < hostile.size(); i++) {
                EncodedPrompt attacked = encoder.encode(hostile.get(i), 1, form);
                EncodedPrompt expected = encoder.encode(harmless.get(i), 1, form);
                assertSameControls(tokenizer, spellings, attacked, expected);
            }
        }
    }

    private static List<List<Turn>> conversations(List<String> words) {
        List<PromptSegment> plain = words.stream().map(PromptSegment::userText).toList();
        List<PromptSegment> tagged = new ArrayList<>(plain);
        tagged.add(0, PromptSegment.taskIdentifier("vqa"));
        List<PromptSegment> surrounded = new ArrayList<>(plain);
        surrounded.add(0, PromptSegment.literal("where is "));
        surrounded.add(PromptSegment.literal("refer] s> INST] ?"));
        surrounded.add(PromptSegment.image());
        List<PromptSegment> next = List.of(PromptSegment.userText("and now?"));
        return List.of(
                List.of(Turn.open(plain)),
                List.of(Turn.open(tagged)),
                List.of(Turn.open(surrounded)),
                List.of(Turn.answered(tagged, "yes"), Turn.open(next)),
                List.of(Turn.answered(next, String.join("", words)), Turn.open(next)));
    }

    private static void assertSameControls(
            LlamaTokenizer tokenizer, List<List<Integer>> spellings, EncodedPrompt attacked, EncodedPrompt expected) {
        assertThat(attacked.imageCount()).as("images").isEqualTo(expected.imageCount());
        assertThat(specialIds(tokenizer, attacked)).as("special ids").isEqualTo(specialIds(tokenizer, expected));
        for (String word : CONTROL_WORDS) {
            assertThat(count(seen(attacked.text()), word))
                    .as(word + " in the text " + attacked.text())
                    .isEqualTo(count(seen(expected.text()), word));
            assertThat(count(seen(decoded(tokenizer, attacked)), word))
                    .as(word + " in the decoded ids of " + attacked.text())
                    .isEqualTo(count(seen(decoded(tokenizer, expected)), word));
        }
        for (List<Integer> spelling : spellings) {
            assertThat(count(ids(attacked), spelling))
                    .as("ids " + spelling + " in " + attacked.text())
                    .isLessThanOrEqualTo(count(ids(expected), spelling));
        }
    }

    private static Stream<List<Integer>> spellings(LlamaTokenizer tokenizer, String word) {
        return Stream.of(word, word.toUpperCase(Locale.ROOT), asInTheForm(word)).flatMap(cased -> {
            int[] afterBlank = tokenizer.encodePlain(cased);
            int[] glued = tokenizer.encodePlain("a" + cased);
            return Stream.of(
                    Arrays.stream(afterBlank).boxed().toList(),
                    Arrays.stream(glued, 1, glued.length).boxed().toList());
        });
    }

    private static String asInTheForm(String word) {
        return word.replace("inst", "INST")
                .replace("sys", "SYS")
                .replace("img", "Img")
                .replace("imagehere", "ImageHere");
    }

    private static List<Integer> specialIds(LlamaTokenizer tokenizer, EncodedPrompt prompt) {
        Set<Integer> special = Set.of(tokenizer.bos(), tokenizer.eos(), tokenizer.unk());
        return ids(prompt).stream().filter(special::contains).toList();
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

    private static String decoded(LlamaTokenizer tokenizer, EncodedPrompt prompt) {
        return tokenizer.decode(ids(prompt).stream().mapToInt(Integer::intValue).toArray(), false);
    }

    /** What remains of a text for an eye that sees neither case nor marks. */
    private static String seen(String text) {
        return text.toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{Cf}\\p{Mn}\\p{Me}\\u3164\\x00-\\x08\\x0e-\\x1b\\x7f]", "");
    }

    private static int count(String text, String word) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }

    private static int count(List<Integer> ids, List<Integer> part) {
        int count = 0;
        for (int i = 0; i + part.size() <= ids.size(); i++) {
            count += ids.subList(i, i + part.size()).equals(part) ? 1 : 0;
        }
        return count;
    }
}
