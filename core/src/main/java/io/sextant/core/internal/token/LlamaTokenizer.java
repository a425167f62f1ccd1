package io.sextant.core.internal.token;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Llama's tokenizer, with the behaviour of the reference's slow {@code LlamaTokenizer} (transformers 4.29, legacy): a text is
 * cut at special tokens, and every remaining piece is encoded with a blank in front of it. Immutable and thread-safe.
 */
public final class LlamaTokenizer {
    private static final List<String> SPECIAL = List.of(Vocabulary.UNKNOWN, Vocabulary.BEGIN, Vocabulary.END);

    private final Vocabulary vocabulary;
    private final BytePairEncoder encoder;
    private final int longestPiece;

    LlamaTokenizer(Vocabulary vocabulary, MergeTable merges) {
        this.vocabulary = vocabulary;
        Map<Integer, Integer> idOfCharacter = new HashMap<>();
        int longest = 1;
        for (int id = 0; id < vocabulary.size(); id++) {
            String piece = vocabulary.piece(id);
            longest = Math.max(longest, piece.length());
            if (piece.codePointCount(0, piece.length()) == 1) {
                idOfCharacter.put(piece.codePointAt(0), id);
            }
        }
        this.encoder = new BytePairEncoder(idOfCharacter, vocabulary.idOfByte(), merges);
        this.longestPiece = longest;
    }

    /**
     * Reads a tokenizer.
     *
     * @param folder that holds {@code tokenizer.json}
     * @throws io.sextant.core.error.ModelFilesException if the file is missing, cut, or of another kind of tokenizer
     */
    public static LlamaTokenizer open(Path folder) {
        return new TokenizerFile(folder.resolve("tokenizer.json")).read();
    }

    /**
     * The ids of a text in which {@code <s>}, {@code </s>} and {@code <unk>} are special tokens. Nothing is put in front. Never
     * pass a user's words here.
     */
    public int[] encode(String text) {
        TokenBuffer out = new TokenBuffer();
        int plainStart = 0;
        int at = text.indexOf('<');
        while (at >= 0) {
            String special = specialAt(text, at);
            if (!special.isEmpty()) {
                encodePlain(text.substring(plainStart, at), out);
                out.add(vocabulary.idOf(special).orElseThrow());
                plainStart = at + special.length();
            }
            at = text.indexOf('<', Math.max(at + 1, plainStart));
        }
        encodePlain(text.substring(plainStart), out);
        return out.toArray();
    }

    /** The ids of a text in which nothing is special; holds neither {@link #bos}, {@link #eos} nor {@link #unk}. */
    public int[] encodePlain(String text) {
        TokenBuffer out = new TokenBuffer();
        encodePlain(text, out);
        return out.toArray();
    }

    /** Tokens that a plain text takes at least, told by its length alone: no piece is longer than the longest. */
    public int fewestTokens(String text) {
        return (text.length() + longestPiece - 1) / longestPiece;
    }

    /** As {@link #encodePlain}, but of a text that goes on from one before it: without the blank in front. */
    public int[] encodeContinuation(String text) {
        TokenBuffer out = new TokenBuffer();
        encoder.encode(text.replace(' ', PieceDecoder.BLANK), out);
        return out.toArray();
    }

    /**
     * The text of ids.
     *
     * @param skipSpecial leave out the three special pieces and the pad piece
     * @throws IllegalArgumentException if an id is not in 0..{@link #vocabularySize} - 1
     */
    public String decode(int[] ids, boolean skipSpecial) {
        return decodeWithSpans(ids, skipSpecial).text();
    }

    /** As {@link #decode}, and says which characters came from which id. */
    public DecodedText decodeWithSpans(int[] ids, boolean skipSpecial) {
        return new PieceDecoder(vocabulary, ids).decode(skipSpecial);
    }

    /** The id that begins a prompt, {@code <s>}. */
    public int bos() {
        return vocabulary.begin();
    }

    /** The id that ends an answer, {@code </s>}. */
    public int eos() {
        return vocabulary.end();
    }

    /** The id of {@code <unk>}; byte pieces leave no text unknown, so no text is encoded to it. */
    public int unk() {
        return vocabulary.unknown();
    }

    /** The id of the reference's pad piece, {@code $$}, an ordinary piece; {@link #unk} where the vocabulary lacks it, as in the reference. */
    public int pad() {
        return vocabulary.pad();
    }

    /** How many ids there are; they run from 0. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /**
     * A piece as the vocabulary writes it, blanks as U+2581.
     *
     * @throws IllegalArgumentException if the id is not in 0..{@link #vocabularySize} - 1
     */
    public String piece(int id) {
        return vocabulary.piece(id);
    }

    /** The id of a piece as the vocabulary writes it. */
    public OptionalInt idOf(String piece) {
        return vocabulary.idOf(piece);
    }

    private void encodePlain(String text, TokenBuffer out) {
        if (!text.isEmpty()) {
            encoder.encode(PieceDecoder.BLANK + text.replace(' ', PieceDecoder.BLANK), out);
        }
    }

    private static String specialAt(String text, int at) {
        for (String special : SPECIAL) {
            if (text.startsWith(special, at)) {
                return special;
            }
        }
        return "";
    }
}
