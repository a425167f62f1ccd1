package io.sextant.core.internal.prompt;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.TokenBuffer;
import io.sextant.core.prompt.PromptSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the text of a prompt, remembers who wrote which character, and encodes it piece by piece. A piece ends at special
 * ids, at images and where the form says so. Used for one prompt, by one thread.
 */
final class PromptWriter {
    private static final String IMAGE_HERE = "<ImageHere>";
    private static final List<String> NOT_IN_LITERALS = List.of("<s>", "</s>", "<unk>", IMAGE_HERE);

    private enum Blank {
        NONE,
        WHERE_MISSING,
        ALWAYS
    }

    private final LlamaTokenizer tokenizer;
    private final ControlWordGuard guard;
    private final List<PromptPart> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private GuardedText piece = new GuardedText();
    private TokenBuffer tokens = new TokenBuffer();
    private Blank owed = Blank.NONE;
    private final List<Integer> turnEnds = new ArrayList<>();
    private int images;
    private int units;

    PromptWriter(LlamaTokenizer tokenizer, ControlWordGuard guard) {
        this.tokenizer = tokenizer;
        this.guard = guard;
    }

    /** A special id that is part of the form's text. */
    void special(int id) {
        endPiece();
        tokens.add(id);
        text.append(tokenizer.piece(id));
    }

    /** A special id that the reference's tokenizer adds by itself, so that the text does not show it. */
    void hiddenSpecial(int id) {
        endPiece();
        tokens.add(id);
    }

    /** Words of the form or the task. */
    void trusted(String words) {
        payBlank(words);
        piece.append(words, true);
    }

    /** Words of a user, or of an answer that came back from one. */
    void untrusted(String words) {
        payBlank(words);
        piece.append(ControlWordGuard.wellFormed(words), false);
    }

    /** What follows is encoded alone. */
    void endPiece() {
        if (piece.isEmpty()) {
            return;
        }
        String words = guard.apply(piece);
        text.append(words);
        tokens.addAll(tokenizer.encodePlain(words));
        piece = new GuardedText();
    }

    /** A question ends here, and its answer is encoded apart from it. */
    void endTurn() {
        endPiece();
        turnEnds.add(units + tokens.size());
    }

    void question(List<PromptSegment> segments) {
        for (PromptSegment segment : segments) {
            write(segment);
        }
        owed = Blank.NONE;
    }

    EncodedPrompt finish() {
        endPiece();
        endTokens();
        return new EncodedPrompt(parts, text.toString(), turnEnds);
    }

    private void write(PromptSegment segment) {
        if (segment instanceof PromptSegment.Literal literal) {
            trusted(checked(literal.text()));
        } else if (segment instanceof PromptSegment.UserText user) {
            untrusted(user.text());
        } else if (segment instanceof PromptSegment.TaskIdentifier identifier) {
            trusted("[" + identifier.name() + "]");
            owed = Blank.ALWAYS;
        } else if (segment instanceof PromptSegment.Box box) {
            trusted(box.box().toText());
        } else if (segment instanceof PromptSegment.Image) {
            image();
        } else {
            throw new IllegalStateException("unknown prompt segment " + segment.getClass());
        }
    }

    private void image() {
        if (owed == Blank.NONE) {
            owed = Blank.WHERE_MISSING;
        }
        trusted("<Img>");
        endPiece();
        endTokens();
        parts.add(new PromptPart.ImagePlace(images++));
        units++;
        text.append(IMAGE_HERE);
        trusted("</Img>");
        owed = Blank.WHERE_MISSING;
    }

    private void payBlank(String words) {
        if (words.isEmpty() || owed == Blank.NONE) {
            return;
        }
        boolean isMissing = !piece.endsBlank() && !PythonText.isSpace(words.charAt(0));
        if (owed == Blank.ALWAYS || isMissing) {
            piece.append(" ", true);
        }
        owed = Blank.NONE;
    }

    private void endTokens() {
        if (tokens.size() > 0) {
            units += tokens.size();
            parts.add(new PromptPart.Tokens(tokens.toArray()));
            tokens = new TokenBuffer();
        }
    }

    private static String checked(String literal) {
        for (String word : NOT_IN_LITERALS) {
            if (literal.contains(word)) {
                throw new InvalidRequestException("A literal of the prompt holds " + word
                        + ", which only the prompt form may write; use an image segment for an image's place");
            }
        }
        return literal;
    }
}
