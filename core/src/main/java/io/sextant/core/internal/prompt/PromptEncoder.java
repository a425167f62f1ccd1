package io.sextant.core.internal.prompt;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes turns as the prompt the reference feeds, piece by piece, and encodes each piece alone. Immutable and thread-safe.
 *
 * <p>The first round is {@code <s>[INST] <Img><ImageHere></Img> question [/INST]}; a request without images has no image
 * tags. Turns that hold no {@link PromptSegment.Image} get all images in front of the first question. One blank stands
 * between an image and its neighbour where the segments bring none. Later rounds are written in the
 * {@link ConversationForm} asked for. What a user or an earlier answer says passes {@link ControlWordGuard}, and special
 * ids are placed by the form alone, never read from text.
 */
public final class PromptEncoder {
    private final LlamaTokenizer tokenizer;
    private final PromptStyle style;
    private final Set<String> taskIdentifiers;

    /** As the reference's inference, with the six tasks' identifiers guarded. */
    public PromptEncoder(LlamaTokenizer tokenizer) {
        this(tokenizer, PromptStyle.REFERENCE, Set.of());
    }

    /**
     * @param taskIdentifiers further identifiers, without brackets, that a user's words must not become; the six tasks' and those
     *     used in a request are guarded in any case
     */
    public PromptEncoder(LlamaTokenizer tokenizer, PromptStyle style, Set<String> taskIdentifiers) {
        this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        this.style = Objects.requireNonNull(style, "style");
        this.taskIdentifiers = Set.copyOf(taskIdentifiers);
    }

    /**
     * The prompt of a conversation, all turns kept.
     *
     * @param turns at least one; all but the last are answered
     * @param imageCount images of the request, 0 or more
     * @throws InvalidRequestException if the images do not fit the turns, or a literal holds a control word of the prompt form
     */
    public EncodedPrompt encode(List<Turn> turns, int imageCount, ConversationForm form) {
        List<Turn> placed = placeImages(turns, imageCount);
        PromptWriter writer = new PromptWriter(tokenizer, ControlWordGuard.of(taskIdentifiers, placed));
        if (style.doubleBos()) {
            writer.hiddenSpecial(tokenizer.bos());
        }
        for (Turn turn : placed) {
            writer.special(tokenizer.bos());
            writer.trusted("[INST] ");
            writer.question(turn.question());
            writer.trusted(" ".repeat(style.spacesBeforeClose()) + "[/INST]");
            String answer = turn.answer();
            if (answer != null) {
                writeAnswer(writer, answer, form);
            }
        }
        return writer.finish();
    }

    /** Positions of a turn's words at least, told by their length alone: guarding a text never makes it shorter. */
    int fewestPositions(Turn turn, ConversationForm form) {
        int positions = 0;
        for (PromptSegment segment : turn.question()) {
            if (segment instanceof PromptSegment.UserText user) {
                positions += tokenizer.fewestTokens(user.text());
            } else if (segment instanceof PromptSegment.Literal literal) {
                positions += tokenizer.fewestTokens(literal.text());
            }
        }
        String answer = turn.answer();
        return answer != null && form == ConversationForm.TRAINING
                ? positions + tokenizer.fewestTokens(answer)
                : positions;
    }

    private void writeAnswer(PromptWriter writer, String answer, ConversationForm form) {
        switch (form) {
            case TRAINING -> {
                writer.endTurn();
                writer.untrusted(answer);
                writer.special(tokenizer.eos());
            }
            case CHAT_ANSWER -> writer.untrusted(AnswerText.keptByChat(answer));
            case STREAMING_DEMO -> writer.special(tokenizer.eos());
        }
    }

    private static List<Turn> placeImages(List<Turn> turns, int imageCount) {
        int places = 0;
        for (Turn turn : turns) {
            places += Collections.frequency(turn.question(), PromptSegment.image());
        }
        if (places == imageCount) {
            return turns;
        }
        if (places > 0) {
            throw new InvalidRequestException("The turns have " + places + " places for images, the request has "
                    + imageCount + "; send as many as there are places, or leave out all places");
        }
        List<PromptSegment> question = new ArrayList<>(Collections.nCopies(imageCount, PromptSegment.image()));
        question.addAll(turns.get(0).question());
        List<Turn> placed = new ArrayList<>(turns);
        placed.set(0, new Turn(question, turns.get(0).answer()));
        return placed;
    }
}
