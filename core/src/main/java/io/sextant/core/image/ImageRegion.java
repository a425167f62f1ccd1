package io.sextant.core.image;

import io.sextant.core.box.PixelBox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A part of an image, to be looked at as an image of its own, and the way back from its pixels to the whole's. Immutable.
 *
 * @param whole the image
 * @param x first column of the part, 0 to the image's width - 1
 * @param y first row of the part, 0 to the image's height - 1
 * @param width columns of the part, at least 1
 * @param height rows of the part, at least 1
 */
public record ImageRegion(RgbImage whole, int x, int y, int width, int height) {
    private static final int CHANNELS = 3;

    public ImageRegion {
        Objects.requireNonNull(whole, "whole");
        if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > whole.width() || y + height > whole.height()) {
            throw new IllegalArgumentException("A region of " + whole + " must lie in it and have an area, was " + width
                    + "x" + height + " at " + x + "," + y);
        }
    }

    /**
     * The whole pixels that a box touches, and a margin around them; what lies outside of the image is left out. A box without
     * width or height on the image's right or lower edge touches the pixels before it.
     *
     * @param box in pixels of the whole; touches the image
     * @param margin on each side, as a share of the box's longer side, 0 or more
     * @throws IllegalArgumentException if the box lies outside of the image
     */
    public static ImageRegion around(RgbImage whole, PixelBox box, double margin) {
        double extra = margin * Math.max(box.xMax() - box.xMin(), box.yMax() - box.yMin());
        if (isBeyond(box.xMin(), box.xMax(), whole.width()) || isBeyond(box.yMin(), box.yMax(), whole.height())) {
            throw new IllegalArgumentException("The box " + box + " lies outside of " + whole);
        }
        int left = within(Math.floor(box.xMin() - extra), whole.width() - 1);
        int top = within(Math.floor(box.yMin() - extra), whole.height() - 1);
        int right = within(Math.ceil(box.xMax() + extra), whole.width());
        int bottom = within(Math.ceil(box.yMax() + extra), whole.height());
        return new ImageRegion(whole, left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }

    private static boolean isBeyond(double min, double max, int side) {
        return max < 0 || min > side || min == side && max > side;
    }

    private static int within(double value, int most) {
        return (int) Math.max(0, Math.min(most, value));
    }

    /** The part as an image. Its digest is made of the whole's and of the place, so that equal parts of one image have equal digests. */
    public RgbImage image() {
        byte[] rgb = new byte[CHANNELS * width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(
                    whole.rgb(),
                    CHANNELS * ((y + row) * whole.width() + x),
                    rgb,
                    CHANNELS * row * width,
                    CHANNELS * width);
        }
        String place = x + "," + y + "," + width + "," + height;
        return new RgbImage(
                whole.name() + "[" + place + "]",
                digest(whole.digest() + ":" + whole.orientation() + ":" + place),
                width,
                height,
                whole.orientation(),
                rgb);
    }

    /** A box of the part in pixels of the whole. */
    public PixelBox toWhole(PixelBox box) {
        return new PixelBox(box.xMin() + x, box.yMin() + y, box.xMax() + x, box.yMax() + y);
    }

    /** A box of the whole in pixels of the part, which it may reach beyond. */
    public PixelBox toPart(PixelBox box) {
        return new PixelBox(box.xMin() - x, box.yMin() - y, box.xMax() - x, box.yMax() - y);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
