package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.GeneratedToken;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Prompts, conversations, answers and the training text processor against the golden set. {@code instruction_templates} of
 * {@code golden/text.json} is not compared here: those templates belong to the training module.
 */
class PromptsGoldenTest {

    @Test
    void encodesEveryPromptAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        PromptEncoder encoder = encoder(golden);
        JsonArray cases = golden.json("golden/prompts.json").getAsJsonArray("cases");
        Coverage coverage = new Coverage("prompts", names(cases));
        for (JsonElement element : cases) {
            JsonObject example = element.getAsJsonObject();
            String name = example.get("name").getAsString();
            String request = example.get("request").getAsString();
            for (List<PromptSegment> question :
                    List.of(ReferencePrompt.question(request), List.of(PromptSegment.literal(request)))) {
                EncodedPrompt prompt = encoder.encode(List.of(Turn.open(question)), 1, ConversationForm.TRAINING);
                coverage.compareExactly(
                        name, prompt.text(), example.get("prompt").getAsString());
                coverage.compareExactly(name, segmentIds(prompt), rows(example.getAsJsonArray("segment_token_ids")));
                coverage.compareExactly(
                        name,
                        prompt.length(example.get("visual_tokens").getAsInt()),
                        example.get("length").getAsInt());
            }
        }
        coverage.assertComplete();
    }

    @Test
    void encodesSecondRoundsAndSeveralImagesAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        PromptEncoder encoder = encoder(golden);
        int visualTokens = golden.json("model.json").get("visual_tokens").getAsInt();
        JsonArray cases = golden.json("golden/generation.json").getAsJsonArray("other_prompts");
        Coverage coverage = new Coverage("further prompts", names(cases));
        for (JsonElement element : cases) {
            JsonObject example = element.getAsJsonObject();
            String name = example.get("name").getAsString();
            ReferencePrompt parsed = ReferencePrompt.parse(example.get("prompt").getAsString());
            EncodedPrompt prompt = encoder.encode(parsed.turns(), parsed.imageCount(), parsed.form());
            coverage.compareExactly(name, prompt.text(), example.get("prompt").getAsString());
            coverage.compareExactly(name, segmentIds(prompt), rows(example.getAsJsonArray("segment_token_ids")));
            coverage.compareExactly(
                    name, prompt.length(visualTokens), example.get("length").getAsInt());
        }
        coverage.assertComplete();
    }

    @Test
    void writesThePromptOfEveryRequest() {
        GoldenSet golden = GoldenSet.open();
        PromptEncoder encoder = encoder(golden);
        JsonArray cases = golden.json("golden/text.json").getAsJsonArray("prompts");
        Coverage coverage = new Coverage("prompt texts", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            List<PromptSegment> question =
                    ReferencePrompt.question(example.get("request").getAsString());
            EncodedPrompt prompt = encoder.encode(List.of(Turn.open(question)), 1, ConversationForm.TRAINING);
            coverage.compareExactly(
                    String.valueOf(i), prompt.text(), example.get("prompt").getAsString());
        }
        coverage.assertComplete();
    }

    @Test
    void writesConversationsAsBothChatPathsOfTheReference() {
        GoldenSet golden = GoldenSet.open();
        PromptEncoder encoder = encoder(golden);
        JsonArray cases = golden.json("golden/text.json").getAsJsonArray("conversations");
        Coverage coverage = new Coverage("conversations", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            ConversationForm form =
                    ConversationForm.valueOf(example.get("mode").getAsString().toUpperCase(Locale.ROOT));
            List<Turn> answered = new ArrayList<>();
            for (JsonElement element : example.getAsJsonArray("turns")) {
                JsonObject turn = element.getAsJsonObject();
                List<PromptSegment> question =
                        ReferencePrompt.question(turn.get("request").getAsString());
                List<Turn> turns = new ArrayList<>(answered);
                turns.add(Turn.open(question));
                coverage.compareExactly(
                        String.valueOf(i),
                        encoder.encode(turns, 1, form).text(),
                        turn.get("prompt").getAsString());
                String answer = turn.get("model_text").getAsString();
                if (form == ConversationForm.CHAT_ANSWER) {
                    assertThat(AnswerText.keptByChat(answer))
                            .isEqualTo(turn.get("turn_kept_as").getAsString());
                }
                answered.add(Turn.answered(question, answer));
            }
        }
        coverage.assertComplete();
    }

    @Test
    void cleansUpAnswersAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        LlamaTokenizer tokenizer = tokenizer(golden);
        JsonArray cases = golden.json("golden/text.json").getAsJsonArray("cleaned_up");
        Coverage coverage = new Coverage("cleaned-up answers", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            int[] ids = ints(example.getAsJsonArray("generated_ids"));
            AnswerText answer = AnswerText.of(tokenizer, ids, new double[ids.length]);
            coverage.compareExactly(
                    String.valueOf(i), answer.text(), example.get("text").getAsString());
            assertSpansCoverTheText(answer);
        }
        coverage.assertComplete();
    }

    @Test
    void cleansUpEveryGeneratedAnswer() {
        GoldenSet golden = GoldenSet.open();
        LlamaTokenizer tokenizer = tokenizer(golden);
        List<JsonObject> answers = new ArrayList<>();
        JsonObject generation = golden.json("golden/generation.json");
        for (String group : List.of("greedy", "greedy_with_repetition_penalty", "other_prompts")) {
            generation.getAsJsonArray(group).forEach(answer -> answers.add(answer.getAsJsonObject()));
        }
        Coverage coverage = new Coverage(
                "generated answers, cleaned up",
                IntStream.range(0, answers.size()).mapToObj(String::valueOf).toList());
        for (int i = 0; i < answers.size(); i++) {
            int[] ids = ints(answers.get(i).getAsJsonArray("token_ids"));
            AnswerText answer = AnswerText.of(tokenizer, ids, new double[ids.length]);
            coverage.compareExactly(
                    String.valueOf(i), answer.text(), answers.get(i).get("text").getAsString());
            assertSpansCoverTheText(answer);
        }
        coverage.assertComplete();
    }

    @Test
    void processesTrainingTextAsTheReference() {
        GoldenSet golden = GoldenSet.open();
        JsonArray cases = golden.json("golden/text.json").getAsJsonArray("text_processor");
        Coverage coverage = new Coverage("training text processor", numbers(cases));
        for (int i = 0; i < cases.size(); i++) {
            JsonObject example = cases.get(i).getAsJsonObject();
            coverage.compareExactly(
                    String.valueOf(i),
                    ReferenceTextProcessor.process(example.get("text").getAsString()),
                    example.get("processed").getAsString());
        }
        coverage.assertComplete();
    }

    private static void assertSpansCoverTheText(AnswerText answer) {
        int covered = 0;
        for (GeneratedToken token : answer.tokens()) {
            assertThat(token.start()).as("spans are in order").isLessThanOrEqualTo(covered);
            covered = Math.max(covered, token.end());
        }
        assertThat(covered)
                .as("characters that some token wrote")
                .isEqualTo(answer.text().length());
    }

    private static LlamaTokenizer tokenizer(GoldenSet golden) {
        JsonObject files = golden.json("model.json").getAsJsonObject("files");
        return LlamaTokenizer.open(golden.path(files.get("llama").getAsString()));
    }

    private static PromptEncoder encoder(GoldenSet golden) {
        return new PromptEncoder(tokenizer(golden));
    }

    /** The ids between images, as the reference's segments. */
    private static List<List<Integer>> segmentIds(EncodedPrompt prompt) {
        List<List<Integer>> segments = new ArrayList<>();
        segments.add(new ArrayList<>());
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                Arrays.stream(tokens.ids()).forEach(segments.get(segments.size() - 1)::add);
            } else {
                assertThat(part).isEqualTo(new PromptPart.ImagePlace(segments.size() - 1));
                segments.add(new ArrayList<>());
            }
        }
        return segments;
    }

    private static List<List<Integer>> rows(JsonArray array) {
        return array.asList().stream()
                .map(row -> IntStream.of(ints(row.getAsJsonArray())).boxed().toList())
                .toList();
    }

    private static int[] ints(JsonArray array) {
        return array.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }

    private static List<String> numbers(JsonArray cases) {
        return IntStream.range(0, cases.size()).mapToObj(String::valueOf).toList();
    }

    private static List<String> names(JsonArray cases) {
        return cases.asList().stream()
                .map(example -> example.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
