package io.sextant.core.internal.image;

/**
 * GIF's variant of LZW: codes of growing width, least significant bit first, in blocks of up to 255 bytes.
 *
 * <p>A code stands for a run of palette indices: a single index, or an earlier code's run and one index more. Runs are
 * written backwards into a stack, since a code knows only its last index and the code before.
 */
final class GifBits {
    private static final int MAX_CODES = 4096;

    private final ByteCursor cursor;
    private final int minimumWidth;
    private final int clearCode;
    private final short[] prefix = new short[MAX_CODES];
    private final byte[] last = new byte[MAX_CODES];
    private final byte[] stack = new byte[MAX_CODES + 1];

    private int stacked;
    private int width;
    private int nextCode;
    private int previousCode = -1;
    private int firstOfPrevious;
    private int bits;
    private int bitCount;
    private int blockLeft;

    GifBits(byte[] encoded, int start) throws DamagedImageException {
        this.cursor = new ByteCursor("GIF", encoded).seek(start);
        this.minimumWidth = cursor.unsignedByte();
        if (minimumWidth < 1 || minimumWidth > 8) {
            throw DamagedImageException.damaged("GIF", "its pixels have " + minimumWidth + " bits");
        }
        this.clearCode = 1 << minimumWidth;
        for (int i = 0; i < clearCode; i++) {
            last[i] = (byte) i;
        }
        clear();
    }

    /** Fills a row with palette indices. */
    void read(byte[] line) throws DamagedImageException {
        int x = 0;
        while (x < line.length) {
            if (stacked == 0) {
                nextRun();
            }
            while (stacked > 0 && x < line.length) {
                line[x++] = stack[--stacked];
            }
        }
    }

    private void clear() {
        width = minimumWidth + 1;
        nextCode = clearCode + 2;
        previousCode = -1;
    }

    private void nextRun() throws DamagedImageException {
        int code = nextCode();
        while (code == clearCode) {
            clear();
            code = nextCode();
        }
        if (code == clearCode + 1) {
            throw new DamagedImageException(
                    "is a truncated GIF file: its first frame ends before its last pixel",
                    "send the file again, whole");
        }
        if (code > nextCode || (previousCode < 0 && code > clearCode) || (code == nextCode && nextCode == MAX_CODES)) {
            throw DamagedImageException.damaged("GIF", "unknown code before byte " + cursor.position());
        }
        int walk = code;
        if (code == nextCode) { // the run being defined right now: the previous one and its own first index
            stack[stacked++] = (byte) firstOfPrevious;
            walk = previousCode;
        }
        while (walk > clearCode) {
            stack[stacked++] = last[walk];
            walk = prefix[walk];
        }
        int first = last[walk] & 0xFF;
        stack[stacked++] = (byte) first;
        if (previousCode >= 0 && nextCode < MAX_CODES) {
            prefix[nextCode] = (short) previousCode;
            last[nextCode] = (byte) first;
            nextCode++;
            if (nextCode == 1 << width && width < 12) {
                width++;
            }
        }
        previousCode = code;
        firstOfPrevious = first;
    }

    private int nextCode() throws DamagedImageException {
        while (bitCount < width) {
            if (blockLeft == 0) {
                blockLeft = cursor.unsignedByte();
                if (blockLeft == 0) {
                    throw new DamagedImageException(
                            "is a truncated GIF file: its first frame ends before its last pixel",
                            "send the file again, whole");
                }
            }
            bits |= cursor.unsignedByte() << bitCount;
            bitCount += 8;
            blockLeft--;
        }
        int code = bits & ((1 << width) - 1);
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
