package io.sextant.core.internal.token;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The pieces and their ids: 0 to size - 1, each used once. Immutable. */
final class Vocabulary {
    static final String UNKNOWN = "<unk>";
    static final String BEGIN = "<s>";
    static final String END = "</s>";
    static final String PAD = "$$";

    private final List<String> pieces;
    private final Map<String, Integer> idOfPiece = new HashMap<>();
    private final int[] byteOfId;
    private final int[] idOfByte = new int[256];
    private final int unknown;
    private final int begin;
    private final int end;
    private final int pad;

    /** @param pieces by id; holds the three special pieces and all 256 byte pieces */
    Vocabulary(List<String> pieces) {
        this.pieces = List.copyOf(pieces);
        for (int id = 0; id < pieces.size(); id++) {
            idOfPiece.put(pieces.get(id), id);
        }
        byteOfId = new int[pieces.size()];
        Arrays.fill(byteOfId, -1);
        for (int value = 0; value < 256; value++) {
            idOfByte[value] = required(bytePiece(value));
            byteOfId[idOfByte[value]] = value;
        }
        unknown = required(UNKNOWN);
        begin = required(BEGIN);
        end = required(END);
        pad = idOfPiece.getOrDefault(PAD, unknown);
    }

    /** The name of the piece that stands for one byte. */
    static String bytePiece(int value) {
        return String.format("<0x%02X>", value);
    }

    int size() {
        return pieces.size();
    }

    String piece(int id) {
        if (id < 0 || id >= pieces.size()) {
            throw new IllegalArgumentException("token id must be in 0.." + (pieces.size() - 1) + ", was " + id);
        }
        return pieces.get(id);
    }

    OptionalInt idOf(String piece) {
        Integer id = idOfPiece.get(piece);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The byte a piece stands for, 0..255, or -1 if it is no byte piece. */
    int byteOf(int id) {
        return byteOfId[id];
    }

    int[] idOfByte() {
        return idOfByte.clone();
    }

    /** Whether no text is ever encoded to this id: the special pieces and the byte pieces have no characters of their own. */
    boolean isReserved(int id) {
        return byteOfId[id] >= 0 || id == unknown || id == begin || id == end;
    }

    /** Whether decoding can leave this id out: the special pieces and the pad piece. */
    boolean isSkipped(int id) {
        if (id < 0 || id >= pieces.size()) {
            throw new IllegalArgumentException("token id must be in 0.." + (pieces.size() - 1) + ", was " + id);
        }
        return id == unknown || id == begin || id == end || id == pad;
    }

    int unknown() {
        return unknown;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    int pad() {
        return pad;
    }

    private int required(String piece) {
        Integer id = idOfPiece.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("The vocabulary has no piece " + piece);
        }
        return id;
    }
}
