package io.sextant.tasks.camel;

import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** A box as four numbers with commas between them, in pixels. */
final class BoxText {
    private static final int EDGES = 4;

    private BoxText() {}

    /** @throws InvalidRequestException if it is anything but {@code xMin,yMin,xMax,yMax} */
    static PixelBox parse(String text) {
        String[] edges = text.split(",", -1);
        if (edges.length == EDGES) {
            try {
                return new PixelBox(edge(edges[0]), edge(edges[1]), edge(edges[2]), edge(edges[3]));
            } catch (IllegalArgumentException e) {
                throw refused(text, e);
            }
        }
        throw refused(text, null);
    }

    private static double edge(String text) {
        return Double.parseDouble(text.strip());
    }

    private static InvalidRequestException refused(String text, @Nullable Throwable cause) {
        return new InvalidRequestException(
                "The box \"" + text + "\" cannot be read; write xMin,yMin,xMax,yMax in pixels of the upright image,"
                        + " for instance 10,20,300,400.",
                cause);
    }
}
