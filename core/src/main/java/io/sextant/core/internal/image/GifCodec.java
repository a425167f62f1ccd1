package io.sextant.core.internal.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GIF: the first frame, on the logical screen, as Pillow gives it. Where the frame leaves the screen uncovered, the
 * transparent colour shows, or the palette's first; a frame that reaches beyond the screen enlarges it, and the limits
 * apply to the enlarged image.
 */
public final class GifCodec implements ImageCodec {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int GRAPHIC_CONTROL = 0xF9;

    @Override
    public boolean recognises(byte[] encoded) {
        if (encoded.length < 6) {
            return false;
        }
        String mark = new String(encoded, 0, 6, StandardCharsets.ISO_8859_1);
        return mark.equals("GIF87a") || mark.equals("GIF89a");
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        Frame frame = firstFrame(encoded);
        return new ImageLayout(frame.screenWidth(), frame.screenHeight(), 1, 0);
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        Frame frame = firstFrame(encoded);
        byte[] rgb = new byte[layout.rgbLength()];
        boolean isCovered = frame.width() == layout.width() && frame.height() == layout.height();
        if (!isCovered) {
            for (int target = 0; target < rgb.length; target += 3) {
                colour(encoded, frame, Math.max(0, frame.transparentIndex()), rgb, target);
            }
        }
        GifBits bits = new GifBits(encoded, frame.dataStart());
        byte[] line = new byte[frame.width()];
        for (int i = 0; i < frame.height(); i++) {
            bits.read(line);
            int y = frame.isInterlaced() ? interlacedRow(i, frame.height()) : i;
            int target = 3 * ((frame.top() + y) * layout.width() + frame.left());
            for (int x = 0; x < line.length; x++) {
                colour(encoded, frame, line[x] & 0xFF, rgb, target + 3 * x);
            }
        }
        return rgb;
    }

    private static void colour(byte[] encoded, Frame frame, int index, byte[] rgb, int target) {
        if (frame.colours() == 0) {
            Arrays.fill(rgb, target, target + 3, (byte) index);
        } else if (index < frame.colours()) {
            System.arraycopy(encoded, frame.paletteStart() + 3 * index, rgb, target, 3);
        } else {
            Arrays.fill(rgb, target, target + 3, (byte) 0);
        }
    }

    /** Rows come in four sweeps: every eighth, the eighths between, the fourths, the odd ones. */
    private static int interlacedRow(int i, int height) {
        int eighths = (height + 7) / 8;
        int between = (height + 3) / 8;
        int fourths = (height + 1) / 4;
        if (i < eighths) {
            return 8 * i;
        }
        if (i < eighths + between) {
            return 8 * (i - eighths) + 4;
        }
        if (i < eighths + between + fourths) {
            return 4 * (i - eighths - between) + 2;
        }
        return 2 * (i - eighths - between - fourths) + 1;
    }

    private static Frame firstFrame(byte[] encoded) throws DamagedImageException {
        ByteCursor cursor = new ByteCursor("GIF", encoded);
        cursor.skip(6);
        int screenWidth = cursor.littleEndian16();
        int screenHeight = cursor.littleEndian16();
        int screenFlags = cursor.unsignedByte();
        cursor.skip(2);
        int paletteStart = cursor.position();
        int colours = colours(screenFlags);
        cursor.skip(3L * colours);
        int transparentIndex = -1;
        while (true) {
            int block = cursor.unsignedByte();
            if (block == EXTENSION) {
                int label = cursor.unsignedByte();
                int length = cursor.unsignedByte();
                int start = cursor.position();
                if (label == GRAPHIC_CONTROL && length >= 4 && (cursor.unsignedByte() & 1) == 1) {
                    cursor.skip(2);
                    transparentIndex = cursor.unsignedByte();
                }
                cursor.seek(start);
                while (length > 0) {
                    cursor.skip(length);
                    length = cursor.unsignedByte();
                }
            } else if (block == IMAGE) {
                break;
            } else if (block != 0) {
                throw DamagedImageException.damaged("GIF", "it holds no image up to byte " + cursor.position());
            }
        }
        int left = cursor.littleEndian16();
        int top = cursor.littleEndian16();
        int width = cursor.littleEndian16();
        int height = cursor.littleEndian16();
        int flags = cursor.unsignedByte();
        if (width == 0 || height == 0) {
            throw DamagedImageException.damaged("GIF", "its first frame has no pixels");
        }
        if (colours(flags) > 0) {
            paletteStart = cursor.position();
            colours = colours(flags);
            cursor.skip(3L * colours);
        }
        return new Frame(
                Math.max(screenWidth, left + width),
                Math.max(screenHeight, top + height),
                left,
                top,
                width,
                height,
                (flags & 0x40) != 0,
                paletteStart,
                colours,
                transparentIndex,
                cursor.position());
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    }

    /** The first frame; {@code colours} 0 means no palette, grey; {@code transparentIndex} -1 means none. */
    private record Frame(
            int screenWidth,
            int screenHeight,
            int left,
            int top,
            int width,
            int height,
            boolean isInterlaced,
            int paletteStart,
            int colours,
            int transparentIndex,
            int dataStart) {}
}
