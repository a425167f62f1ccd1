package io.sextant.app.ask;

import io.sextant.core.box.PixelBox;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A box as people type it: {@code xMin,yMin,xMax,yMax} in pixels of the upright image. */
final class BoxText implements ITypeConverter<PixelBox> {
    @Override
    public PixelBox convert(String text) {
        return parse(text);
    }

    /** @throws TypeConversionException saying how a box is written */
    static PixelBox parse(String text) {
        String[] edges = text.split(",", -1);
        if (edges.length == 4) {
            try {
                return new PixelBox(edge(edges[0]), edge(edges[1]), edge(edges[2]), edge(edges[3]));
            } catch (NumberFormatException e) {
                // Told below, together with a wrong count.
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
        throw new TypeConversionException(
                "a box is xMin,yMin,xMax,yMax in pixels, for instance 10,20,110,80, but was '" + text + "'");
    }

    private static double edge(String text) {
        return Double.parseDouble(text.strip());
    }
}
