package io.sextant.training.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.Turn;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.sequence.ReferenceBatch;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenBatch;
import io.sextant.training.sequence.TokenRow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The set's training batches as dialogues, so that the product writes their rows anew. */
final class GoldenDialogues {
    private static final String IMAGE = "<Img><ImageHere></Img> ";

    private GoldenDialogues() {}

    static TokenBatch batch(JsonObject batch, LlamaTokenizer tokenizer, int visualTokens) {
        boolean hasRounds = batch.has("conv_q");
        JsonArray questions = batch.getAsJsonArray(hasRounds ? "conv_q" : "instruction_input");
        List<TokenRow> rows = new ArrayList<>();
        for (int row = 0; row < questions.size(); row++) {
            String separator =
                    hasRounds ? batch.getAsJsonArray("connect_sym").get(row).getAsString() : "\0";
            List<String> asked = split(questions.get(row).getAsString(), separator);
            List<String> answers = split(
                    batch.getAsJsonArray(hasRounds ? "conv_a" : "answer")
                            .get(row)
                            .getAsString(),
                    separator);
            boolean endsInBlank = asked.stream().allMatch(question -> question.endsWith(" "));
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                turns.add(Turn.answered(GoldenConversation.question(bare(asked.get(i))), answers.get(i)));
            }
            // The reference's training code has one BOS, and keeps the blank its data sets put behind a question.
            PromptStyle style = new PromptStyle(false, endsInBlank ? 2 : 1);
            rows.add(new RowEncoder(tokenizer, style, visualTokens)
                    .row(new Dialogue(turns), asked.get(0).startsWith(IMAGE)));
        }
        return ReferenceBatch.of(rows, tokenizer.pad());
    }

    private static List<String> split(String text, String separator) {
        return List.of(text.split(Pattern.quote(separator), -1));
    }

    private static String bare(String question) {
        String text = question.startsWith(IMAGE) ? question.substring(IMAGE.length()) : question;
        return text.endsWith(" ") ? text.substring(0, text.length() - 1) : text;
    }
}
