package io.sextant.core.internal.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks PNG pixel data row by row: inflate, undo the row filter, spread the samples into RGB.
 *
 * <p>An interlaced image is seven smaller images after each other; a plain one is treated as a single pass that covers
 * every pixel. Only two rows of packed samples are held, whatever the stream would inflate to.
 */
final class PngPixels implements AutoCloseable {
    /** First column, first row, column step, row step of each pass. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final PngCodec.Header header;
    private final byte[] palette;
    private final byte[] rgb;
    private final int[][] passes;
    private final int filterDistance;
    private final Inflater inflater = new Inflater();

    private int pass = -1;
    private int row;
    private int filled;
    private byte @Nullable [] current;
    private byte[] previous = new byte[0];

    PngPixels(PngCodec.Header header, byte[] palette, byte[] rgb) throws DamagedImageException {
        if (header.colourType() == 3 && palette.length < 3) {
            throw DamagedImageException.damaged("PNG", "its palette is missing");
        }
        this.header = header;
        this.palette = palette;
        this.rgb = rgb;
        this.passes = header.interlace() == 1 ? ADAM7 : WHOLE;
        this.filterDistance = Math.max(1, header.channels() * header.depth() / 8);
        nextPass();
    }

    /** Takes the next part of the packed data. What follows the last pixel is ignored. */
    void feed(byte[] bytes, int start, int length) throws DamagedImageException {
        inflater.setInput(bytes, start, length);
        try {
            while (current != null && !inflater.needsInput() && !inflater.finished()) {
                filled += inflater.inflate(current, filled, current.length - filled);
                if (inflater.needsDictionary()) {
                    throw DamagedImageException.damaged("PNG", "its pixel data asks for a dictionary");
                }
                if (filled == current.length) {
                    finishRow(current);
                }
            }
            if (current == null && !inflater.finished()) {
                inflater.inflate(new byte[1]); // reaches the check sum behind the last row
            }
        } catch (DataFormatException e) {
            throw new DamagedImageException("is a damaged PNG file: its pixel data cannot be unpacked", e);
        }
    }

    /** The image, if every row has arrived. */
    byte[] finish() throws DamagedImageException {
        if (current != null) {
            throw new DamagedImageException(
                    "is a truncated PNG file: its pixel data ends in row " + row + " of " + header.height(),
                    "send the file again, whole");
        }
        return rgb;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void finishRow(byte[] line) throws DamagedImageException {
        unfilter(line);
        spread(line);
        byte[] spare = previous;
        previous = line;
        current = spare;
        filled = 0;
        row++;
        if (row == rows()) {
            nextPass();
        }
    }

    private void nextPass() {
        current = null;
        while (++pass < passes.length) {
            if (columns() > 0 && rows() > 0) {
                int length = 1 + (int) (((long) columns() * header.channels() * header.depth() + 7) / 8);
                current = new byte[length];
                previous = new byte[length];
                row = 0;
                filled = 0;
                return;
            }
        }
    }

    private int columns() {
        return stepsWithin(header.width(), passes[pass][0], passes[pass][2]);
    }

    private int rows() {
        return stepsWithin(header.height(), passes[pass][1], passes[pass][3]);
    }

    private static int stepsWithin(int size, int first, int step) {
        return size <= first ? 0 : (size - first - 1) / step + 1;
    }

    /** PNG specification, section 9: each byte was stored as the difference from a guess made of its neighbours. */
    private void unfilter(byte[] line) throws DamagedImageException {
        int distance = filterDistance;
        switch (line[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + distance; i < line.length; i++) {
                    line[i] += line[i - distance];
                }
            }
            case 2 -> {
                for (int i = 1; i < line.length; i++) {
                    line[i] += previous[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < line.length; i++) {
                    int left = i > distance ? line[i - distance] & 0xFF : 0;
                    line[i] += (byte) ((left + (previous[i] & 0xFF)) / 2);
                }
            }
            case 4 -> {
                for (int i = 1; i < line.length; i++) {
                    boolean hasLeft = i > distance;
                    int left = hasLeft ? line[i - distance] & 0xFF : 0;
                    int upperLeft = hasLeft ? previous[i - distance] & 0xFF : 0;
                    line[i] += (byte) paeth(left, previous[i] & 0xFF, upperLeft);
                }
            }
            default -> throw DamagedImageException.damaged("PNG", "row " + row + " has an unknown filter " + line[0]);
        }
    }

    private static int paeth(int left, int up, int upperLeft) {
        int guess = left + up - upperLeft;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toUpperLeft = Math.abs(guess - upperLeft);
        if (toLeft <= toUp && toLeft <= toUpperLeft) {
            return left;
        }
        return toUp <= toUpperLeft ? up : upperLeft;
    }

    private void spread(byte[] line) {
        int[] place = passes[pass];
        int target = 3 * ((place[1] + row * place[3]) * header.width() + place[0]);
        int step = 3 * place[2];
        int columns = columns();
        int sampleBytes = header.depth() == 16 ? 2 : 1;
        int pixelBytes = header.channels() * sampleBytes;
        for (int x = 0; x < columns; x++, target += step) {
            if (header.colourType() == 2 || header.colourType() == 6) {
                int source = 1 + x * pixelBytes;
                rgb[target] = line[source];
                rgb[target + 1] = line[source + sampleBytes];
                rgb[target + 2] = line[source + 2 * sampleBytes];
            } else if (header.depth() >= 8 && header.colourType() != 3) {
                grey(target, line[1 + x * pixelBytes]);
            } else {
                packed(target, sample(line, x));
            }
        }
    }

    private int sample(byte[] line, int x) {
        int depth = header.depth();
        int bit = x * depth;
        return (line[1 + (bit >> 3)] & 0xFF) >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }

    private void packed(int target, int sample) {
        if (header.colourType() == 0) {
            grey(target, (byte) (sample * 255 / ((1 << header.depth()) - 1)));
        } else if (3 * sample + 2 < palette.length) { // beyond the palette lies black, as in Pillow
            System.arraycopy(palette, 3 * sample, rgb, target, 3);
        }
    }

    private void grey(int target, byte value) {
        rgb[target] = value;
        rgb[target + 1] = value;
        rgb[target + 2] = value;
    }
}
