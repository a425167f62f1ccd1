package io.sextant.training.sequence;

import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes dialogues as rows of tokens, by the very code that writes prompts for inference. Immutable and thread-safe.
 *
 * <p>Several dialogues about one image share its beginning: they stand one behind the other in a row, each as a segment that
 * sees the image and itself, with positions going on from the image. So an image is encoded and read once for all of them,
 * and each dialogue is computed as if it were alone.
 */
public final class RowEncoder {
    private static final int SHARED = 0;

    private final LlamaTokenizer tokenizer;
    private final PromptEncoder prompts;
    private final int visualTokens;

    /**
     * @param style how prompts are written; training has to take the one that inference will take
     * @param visualTokens positions of one image
     */
    public RowEncoder(LlamaTokenizer tokenizer, PromptStyle style, int visualTokens) {
        this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        this.prompts = new PromptEncoder(tokenizer, style, Set.of());
        this.visualTokens = visualTokens;
    }

    /** One dialogue as a row of one segment. */
    public TokenRow row(Dialogue dialogue, boolean hasImage) {
        Encoded encoded = encode(dialogue, hasImage ? 1 : 0);
        RowBuilder row = new RowBuilder();
        append(row, encoded, 0, SHARED);
        return row.build();
    }

    /**
     * Dialogues packed: what they all begin with, the image for instance, is the shared beginning.
     *
     * @param dialogues at least one
     */
    public TokenRow packed(List<Dialogue> dialogues, boolean hasImage) {
        return packed(dialogues, hasImage, Integer.MAX_VALUE);
    }

    /**
     * As many of the dialogues packed as fit into a row, those that come first before others; if none does, the shortest alone.
     *
     * @param dialogues at least one
     * @param longest row in tokens
     */
    public TokenRow packed(List<Dialogue> dialogues, boolean hasImage, int longest) {
        List<Encoded> all = dialogues.stream()
                .map(dialogue -> encode(dialogue, hasImage ? 1 : 0))
                .toList();
        int shared = shared(all);
        List<Encoded> encoded = fitting(all, shared, longest);
        Encoded first = encoded.get(0);
        RowBuilder row = new RowBuilder();
        for (int i = 0; i < shared; i++) {
            row.add(first.ids[i], i, SHARED);
        }
        for (int i = 0; i < encoded.size(); i++) {
            append(row, encoded.get(i), shared, i + 1);
        }
        return row.build();
    }

    /** How many ids all begin with. */
    private static int shared(List<Encoded> all) {
        return all.stream().mapToInt(all.get(0)::sharedWith).min().orElseThrow();
    }

    private static List<Encoded> fitting(List<Encoded> all, int shared, int longest) {
        List<Encoded> fitting = new ArrayList<>();
        int length = shared;
        for (Encoded encoded : all) {
            int more = encoded.ids.length - shared;
            if (length <= longest - more) {
                fitting.add(encoded);
                length += more;
            }
        }
        if (fitting.isEmpty()) {
            fitting.add(all.stream()
                    .min(Comparator.comparingInt(encoded -> encoded.ids.length))
                    .orElseThrow());
        }
        return fitting;
    }

    private static void append(RowBuilder row, Encoded encoded, int from, int segment) {
        for (int i = from; i < encoded.ids.length; i++) {
            if (encoded.isAnswer[i]) {
                row.addLabelled(encoded.ids[i], i, segment, 1);
            } else {
                row.add(encoded.ids[i], i, segment);
            }
        }
    }

    /** Prompt and answers as ids, with the places of the answers known from the prompts that end before them. */
    private Encoded encode(Dialogue dialogue, int images) {
        List<Turn> turns = dialogue.turns();
        int[] ids = {};
        List<int[]> spans = new ArrayList<>();
        for (int round = 0; round < turns.size(); round++) {
            List<Turn> open = new ArrayList<>(turns.subList(0, round));
            open.add(Turn.open(turns.get(round).question()));
            int[] prompt = ids(prompts.encode(open, images, ConversationForm.TRAINING));
            int[] answer = answerIds(Objects.requireNonNull(turns.get(round).answer(), "checked by Dialogue"));
            if (!startsWith(prompt, ids)) {
                throw new IllegalArgumentException("An answer is not written back as it was: "
                        + turns.get(Math.max(0, round - 1)).answer());
            }
            ids = Arrays.copyOf(prompt, prompt.length + answer.length);
            System.arraycopy(answer, 0, ids, prompt.length, answer.length);
            spans.add(new int[] {prompt.length, ids.length});
        }
        boolean[] isAnswer = new boolean[ids.length];
        spans.forEach(span -> Arrays.fill(isAnswer, span[0], span[1], true));
        return new Encoded(ids, isAnswer);
    }

    private int[] answerIds(String answer) {
        int[] text = tokenizer.encodePlain(answer);
        int[] ids = Arrays.copyOf(text, text.length + 1);
        ids[text.length] = tokenizer.eos();
        return ids;
    }

    private int[] ids(EncodedPrompt prompt) {
        int[] ids = new int[prompt.length(visualTokens)];
        int at = 0;
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                System.arraycopy(tokens.ids(), 0, ids, at, tokens.ids().length);
                at += tokens.ids().length;
            } else {
                Arrays.fill(ids, at, at + visualTokens, TokenRow.IMAGE);
                at += visualTokens;
            }
        }
        return ids;
    }

    private static boolean startsWith(int[] ids, int[] beginning) {
        return ids.length >= beginning.length
                && Arrays.equals(ids, 0, beginning.length, beginning, 0, beginning.length);
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    private record Encoded(int[] ids, boolean[] isAnswer) {
        /** How many ids both begin with, answers left out, and the position before an answer: its first token is told from there. */
        int sharedWith(Encoded other) {
            int shared = 0;
            while (shared + 1 < Math.min(ids.length, other.ids.length)
                    && ids[shared] == other.ids[shared]
                    && !isAnswer[shared + 1]
                    && !other.isAnswer[shared + 1]) {
                shared++;
            }
            return shared;
        }
    }
}
