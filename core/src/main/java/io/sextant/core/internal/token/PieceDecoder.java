package io.sextant.core.internal.token;

import java.util.Arrays;

/** Joins pieces to text as the reference's tokenizer does. Used for one text, by one thread. */
final class PieceDecoder {
    /*
     * A run of ordinary pieces is joined as SentencePiece does: the first blank of the run is left out, byte pieces are read as
     * UTF-8, and each byte that is not part of a well-formed character becomes U+FFFD. Special pieces stand between runs
     * as they are; a run that ends at one is led by a blank (LlamaTokenizer.convert_tokens_to_string, transformers 4.29).
     */
    static final char BLANK = '\u2581';

    private final Vocabulary vocabulary;
    private final int[] ids;
    private final int[] starts;
    private final int[] ends;
    private final StringBuilder text = new StringBuilder();

    PieceDecoder(Vocabulary vocabulary, int[] ids) {
        this.vocabulary = vocabulary;
        this.ids = ids;
        this.starts = new int[ids.length];
        this.ends = new int[ids.length];
    }

    DecodedText decode(boolean skipSpecial) {
        if (skipSpecial) {
            decodeOrdinary();
        } else {
            decodeAll();
        }
        return new DecodedText(text.toString(), starts, ends);
    }

    private void decodeOrdinary() {
        int[] ordinary = new int[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (!vocabulary.isSkipped(ids[i])) {
                ordinary[count++] = i;
            }
        }
        decodeRun(Arrays.copyOf(ordinary, count));
        for (int i = ids.length - 1, place = text.length(); i >= 0; i--) {
            if (vocabulary.isSkipped(ids[i])) {
                starts[i] = place;
                ends[i] = place;
            }
            place = starts[i];
        }
    }

    private void decodeAll() {
        int at = 0;
        while (at < ids.length) {
            int runStart = at;
            while (at < ids.length && !vocabulary.isSkipped(ids[at])) {
                at++;
            }
            if (at < ids.length && at > runStart) {
                text.append(' ');
            }
            int[] run = new int[at - runStart];
            int first = runStart;
            Arrays.setAll(run, i -> first + i);
            decodeRun(run);
            if (at < ids.length) {
                append(at, vocabulary.piece(ids[at]));
                at++;
            }
        }
    }

    private void decodeRun(int[] places) {
        int runStart = text.length();
        boolean atStart = true;
        boolean blankLeftOut = false;
        int i = 0;
        while (i < places.length) {
            if (vocabulary.byteOf(ids[places[i]]) >= 0) {
                i = decodeBytes(places, i);
                continue;
            }
            if (blankLeftOut || text.length() > runStart) {
                atStart = false;
            }
            String piece = vocabulary.piece(ids[places[i]]);
            blankLeftOut = atStart && piece.charAt(0) == BLANK;
            append(places[i], piece.substring(blankLeftOut ? 1 : 0).replace(BLANK, ' '));
            i++;
        }
    }

    /** Decodes the character or stray byte at a place of the run; returns the place after it. */
    private int decodeBytes(int[] places, int at) {
        int length = Utf8.lengthAt(i -> at + i < places.length ? vocabulary.byteOf(ids[places[at + i]]) : -1);
        if (length == 0) {
            append(places[at], String.valueOf(DecodedText.REPLACEMENT));
            return at + 1;
        }
        int start = text.length();
        text.appendCodePoint(Utf8.codePoint(i -> vocabulary.byteOf(ids[places[at + i]]), length));
        for (int i = at; i < at + length; i++) {
            starts[places[i]] = start;
            ends[places[i]] = text.length();
        }
        return at + length;
    }

    private void append(int place, String characters) {
        starts[place] = text.length();
        text.append(characters);
        ends[place] = text.length();
    }
}
