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
        try {
            return PixelBox.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("a box is xMin,yMin,xMax,yMax: " + e.getMessage());
        }
    }
}
