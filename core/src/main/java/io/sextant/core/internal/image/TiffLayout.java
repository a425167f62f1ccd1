package io.sextant.core.internal.image;

/**
 * How the pixels of a TIFF image lie in its file, checked: every strip or tile lies within the file, and none asks for more
 * memory than the image itself.
 *
 * @param width pixels
 * @param height pixels
 * @param bits of a sample
 * @param samples of a pixel, with alpha and others beyond the colours
 * @param compression as the tag says
 * @param photometric what the samples mean, as the tag says
 * @param segmentWidth pixels of a strip or tile
 * @param segmentHeight pixels of a strip or tile
 * @param segments strips or tiles, of all planes
 * @param isMultiplied whether the colours are multiplied with the fourth sample
 */
record TiffLayout(
        int width,
        int height,
        int bits,
        int samples,
        int compression,
        int photometric,
        int segmentWidth,
        int segmentHeight,
        int segments,
        boolean isMultiplied) {
    static final int NONE = 1;
    static final int JPEG = 7;

    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int CMYK = 5;
    static final int YCBCR = 6;

    /** Tiles may be larger than a small image. */
    private static final int ROOMY_TILE = 1024;

    static TiffLayout read(TiffDirectory directory) throws DamagedImageException {
        int width = side(directory, TiffDirectory.WIDTH);
        int height = side(directory, TiffDirectory.HEIGHT);
        int samples = (int) Math.min(99, directory.number(TiffDirectory.SAMPLES, 1));
        int bits = bits(directory, samples);
        int photometric = (int) Math.min(99_999, directory.number(TiffDirectory.PHOTOMETRIC, -1));
        int compression = (int) Math.min(99_999, directory.number(TiffDirectory.COMPRESSION, NONE));
        requireKnown(directory, bits, samples, compression, photometric);
        boolean isTiled = directory.has(TiffDirectory.TILE_WIDTH);
        int segmentWidth = isTiled ? side(directory, TiffDirectory.TILE_WIDTH) : width;
        int segmentHeight = isTiled
                ? side(directory, TiffDirectory.TILE_HEIGHT)
                : (int) Math.max(1, Math.min(height, directory.number(TiffDirectory.ROWS_PER_STRIP, height)));
        if (segmentWidth > Math.max(ROOMY_TILE, width + 15) || segmentHeight > Math.max(ROOMY_TILE, height + 15)) {
            throw DamagedImageException.unsupported(
                    "a TIFF file with tiles of " + segmentWidth + "x" + segmentHeight + " pixels");
        }
        long planes = directory.number(TiffDirectory.PLANAR, 1) == 2 ? samples : 1;
        long across = (width + (long) segmentWidth - 1) / segmentWidth;
        long down = (height + (long) segmentHeight - 1) / segmentHeight;
        long segments = across * down * planes;
        int offsets = isTiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS;
        int lengths = isTiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES;
        if (directory.count(offsets) < segments || directory.count(lengths) < segments) {
            throw DamagedImageException.damaged("TIFF", "it names fewer than the " + segments + " parts of its image");
        }
        return new TiffLayout(
                width,
                height,
                bits,
                samples,
                compression,
                photometric,
                segmentWidth,
                segmentHeight,
                (int) segments,
                photometric == RGB && samples == 4 && directory.number(TiffDirectory.EXTRA_SAMPLES, 0) == 1);
    }

    /** Whether each pixel is one grey value or the number of a colour. */
    boolean isOneSample() {
        return photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO || photometric == PALETTE;
    }

    private static int side(TiffDirectory directory, int tag) throws DamagedImageException {
        long side = directory.number(tag, 0);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw DamagedImageException.damaged("TIFF", "its header gives sides of " + side + " pixels");
        }
        return (int) side;
    }

    private static int bits(TiffDirectory directory, int samples) throws DamagedImageException {
        long bits = directory.number(TiffDirectory.BITS, 1);
        for (int i = 1; i < samples; i++) {
            if (directory.number(TiffDirectory.BITS, i, bits) != bits) {
                throw DamagedImageException.unsupported("a TIFF file with samples of several sizes");
            }
        }
        return (int) Math.min(999, bits);
    }

    private static void requireKnown(TiffDirectory directory, int bits, int samples, int compression, int photometric)
            throws DamagedImageException {
        int least = switch (photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
            case RGB, YCBCR -> 3;
            case CMYK -> 4;
            default -> throw DamagedImageException.unsupported("a TIFF file with colours of kind " + photometric);
        };
        if (samples < least || samples > least + 2) {
            throw DamagedImageException.unsupported("a TIFF file with " + samples + " samples a pixel");
        }
        if (least == 1 && photometric != PALETTE && bits == 16) {
            throw DamagedImageException.unsupported("a TIFF file with 16-bit grey values, whose range is unknown");
        }
        boolean fits = least == 1
                ? bits == 1 || bits == 2 || bits == 4 || bits == 8
                : bits == 8 || (bits == 16 && photometric == RGB);
        if (!fits || directory.number(TiffDirectory.SAMPLE_FORMAT, 1) != 1) {
            throw DamagedImageException.unsupported("a TIFF file with " + bits + " bits a sample, or fractions");
        }
        switch (compression) {
            case NONE, 2, 3, 4, 5, JPEG, 8, 32_946, 32_773 -> {}
            default -> throw DamagedImageException.unsupported("a TIFF file with compression " + compression);
        }
    }
}
