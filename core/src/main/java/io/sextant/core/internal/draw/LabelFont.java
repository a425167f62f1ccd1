package io.sextant.core.internal.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.text.Normalizer;
import java.util.PrimitiveIterator;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * DejaVu Sans: letters of Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and many signs. A character it lacks
 * becomes its empty box. Right-to-left words run from right to left; letters that should join stand side by side. Not thread-safe; close after use.
 */
final class LabelFont implements AutoCloseable {
    private static final String RESOURCE = "DejaVuSans.ttf";

    private final TrueTypeFont font;
    private final CmapLookup glyphIds;
    private final double unitsPerEm;

    private LabelFont(TrueTypeFont font) throws IOException {
        this.font = font;
        this.glyphIds = font.getUnicodeCmapLookup();
        this.unitsPerEm = font.getUnitsPerEm();
    }

    static LabelFont open() {
        try (InputStream in = LabelFont.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The library was built without its font " + RESOURCE);
            }
            return new LabelFont(new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("The library's font " + RESOURCE + " cannot be read", e);
        }
    }

    /** Composed letters, and blanks for what has no width or breaks lines. */
    static String printable(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder printable = new StringBuilder();
        composed.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isISOControl(point)) {
                printable.append(' ');
            } else if (Character.getType(point) != Character.FORMAT && !isVariationSelector(point)) {
                printable.appendCodePoint(point);
            }
        });
        return printable.toString().strip();
    }

    /** Width of a line in pixels. */
    double width(String text, double size) {
        double width = 0;
        PrimitiveIterator.OfInt points = text.codePoints().iterator();
        while (points.hasNext()) {
            width += advance(points.nextInt(), size);
        }
        return width;
    }

    /** Width of one character in pixels. */
    double advance(int codePoint, double size) {
        try {
            return font.getAdvanceWidth(glyphIds.getGlyphId(codePoint)) * size / unitsPerEm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Height of the tallest letters over the base line, in pixels. */
    double ascent(double size) {
        return 0.78 * size;
    }

    /** Depth of the deepest letters below the base line, in pixels. */
    double descent(double size) {
        return 0.24 * size;
    }

    /** The filled outline of a line of text whose base line begins at a point. */
    Path2D outline(String text, double size, double x, double baseLine) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double scale = size / unitsPerEm;
        double left = x;
        try {
            PrimitiveIterator.OfInt points = fromLeftToRight(text).codePoints().iterator();
            while (points.hasNext()) {
                int glyphId = glyphIds.getGlyphId(points.nextInt());
                GlyphData glyph = font.getGlyph().getGlyph(glyphId);
                if (glyph != null) { // a blank has none
                    AffineTransform place = new AffineTransform(scale, 0, 0, -scale, left, baseLine);
                    outline.append(glyph.getPath().getPathIterator(place), false);
                }
                left += font.getAdvanceWidth(glyphId) * scale;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outline;
    }

    @Override
    public void close() {
        try {
            font.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Characters in the order they stand in the line. */
    private static String fromLeftToRight(String text) {
        char[] characters = text.toCharArray();
        if (!Bidi.requiresBidi(characters, 0, characters.length)) {
            return text;
        }
        Bidi bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        byte[] levels = new byte[bidi.getRunCount()];
        String[] runs = new String[levels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            String run = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
            runs[i] =
                    levels[i] % 2 == 0 ? run : new StringBuilder(run).reverse().toString();
        }
        Bidi.reorderVisually(levels, 0, runs, 0, runs.length);
        return String.join("", runs);
    }

    private static boolean isVariationSelector(int codePoint) {
        return codePoint >= 0xFE00 && codePoint <= 0xFE0F;
    }
}
