package io.sextant.core.internal.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * TIFF: grey, palette, RGB, CMYK and YCbCr, 1 to 8 bits a sample and 16-bit RGB; plain, fax, LZW, PackBits, Deflate or JPEG;
 * the first page. 16-bit colour keeps its upper byte; 16-bit grey is refused, as in PNG.
 *
 * <p>The directory is walked and checked here; the library gets the file without metadata and further pages, and unpacks what
 * was found whole. Each strip or tile is unpacked for itself, so together they may not be larger than the file. A fax-coded
 * page that ends within whole strips is the one thing that cannot be told: its rest is white.
 */
public final class TiffCodec implements ImageCodec {
    /** All that JPEG allows takes less than a tenth. */
    private static final int MOST_TABLES = 1 << 16;

    @Override
    public boolean recognises(byte[] encoded) {
        if (encoded.length < 4 || encoded[0] != encoded[1]) {
            return false;
        }
        return (encoded[0] == 'I' && encoded[2] == 42 && encoded[3] == 0)
                || (encoded[0] == 'M' && encoded[2] == 0 && encoded[3] == 42);
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        TiffDirectory directory = TiffDirectory.read(encoded);
        TiffLayout layout = TiffLayout.read(directory);
        return new ImageLayout(layout.width(), layout.height(), directory.orientation(), directory.pages());
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        TiffDirectory directory = TiffDirectory.read(encoded);
        TiffLayout tiff = TiffLayout.read(directory);
        byte[] rgb = new byte[layout.rgbLength()];
        requireSegments(encoded, directory, tiff);
        BufferedImage image = LibraryReader.read("TIFF", new TIFFImageReaderSpi(), directory.plain(), layout, false);
        convert(image, tiff, rgb);
        return rgb;
    }

    private static void requireSegments(byte[] encoded, TiffDirectory directory, TiffLayout tiff)
            throws DamagedImageException {
        boolean isTiled = directory.has(TiffDirectory.TILE_WIDTH);
        boolean isPlanar = directory.number(TiffDirectory.PLANAR, 1) == 2;
        byte[] tables = tables(directory);
        long total = 0;
        for (int i = 0; i < tiff.segments(); i++) {
            long start = directory.number(isTiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS, i, 0);
            long length = directory.number(isTiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES, i, 0);
            if (start + length > encoded.length) {
                throw new ByteCursor("TIFF", encoded).truncated();
            }
            total += length;
            if (total > encoded.length) {
                throw DamagedImageException.damaged("TIFF", "the parts of its image are together larger than the file");
            }
            int rows = tiff.segmentHeight();
            if (!isTiled) {
                int strips = (tiff.height() + rows - 1) / rows;
                rows = Math.min(rows, tiff.height() - i % strips * rows);
            }
            if (tiff.compression() == TiffLayout.NONE && tiff.photometric() != TiffLayout.YCBCR) {
                long row = ((long) tiff.segmentWidth() * tiff.bits() * (isPlanar ? 1 : tiff.samples()) + 7) / 8;
                if (length < row * rows) {
                    throw DamagedImageException.damaged("TIFF", "part " + i + " of its image is too short");
                }
            } else if (tiff.compression() == TiffLayout.JPEG) {
                requireJpeg(Arrays.copyOfRange(encoded, (int) start, (int) (start + length)), tables, tiff, rows);
            }
        }
    }

    /** What all parts that are JPEG data begin with. It is read once for each of them, so it has to be short. */
    private static byte[] tables(TiffDirectory directory) throws DamagedImageException {
        long length = directory.count(TiffDirectory.JPEG_TABLES);
        if (length > MOST_TABLES) {
            throw DamagedImageException.damaged(
                    "TIFF", "its tables of JPEG are " + length + " bytes, over " + MOST_TABLES);
        }
        return directory.bytes(TiffDirectory.JPEG_TABLES);
    }

    /** The library does not tell what its JPEG decoder warns of, nor how large an image is that claims to be a part of one. */
    private static void requireJpeg(byte[] part, byte[] tables, TiffLayout tiff, int rows)
            throws DamagedImageException {
        JpegCodec jpeg = new JpegCodec();
        if (!jpeg.recognises(part)) {
            throw DamagedImageException.damaged("TIFF", "a part of its image is no JPEG data");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (tables.length > 4) { // without its end mark, and the part without its start mark
            whole.write(tables, 0, tables.length - 2);
            whole.write(part, 2, part.length - 2);
        } else {
            whole.writeBytes(part);
        }
        byte[] bytes = whole.toByteArray();
        ImageLayout layout = jpeg.probe(bytes);
        if (layout.width() > tiff.segmentWidth()
                || layout.height() < rows
                || layout.height() > tiff.segmentHeight() + 15) {
            throw DamagedImageException.damaged("TIFF", "a part of its image is of another size than its header says");
        }
        jpeg.decode(bytes, layout);
    }

    private static void convert(BufferedImage image, TiffLayout tiff, byte[] rgb) throws DamagedImageException {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int needed = tiff.isOneSample() ? 1 : tiff.photometric() == TiffLayout.CMYK ? 4 : 3;
        if (bands < needed) {
            throw DamagedImageException.damaged("TIFF", "its pixels have " + bands + " samples");
        }
        int shift = tiff.bits() == 16 ? 8 : 0;
        int[] row = new int[bands * tiff.width()];
        int target = 0;
        for (int y = 0; y < tiff.height(); y++) {
            raster.getPixels(0, y, tiff.width(), 1, row);
            for (int x = 0; x < tiff.width(); x++, target += 3) {
                int at = x * bands;
                if (tiff.isOneSample()) {
                    int colour = colour(image, tiff, row[at]);
                    rgb[target] = (byte) (colour >> 16);
                    rgb[target + 1] = (byte) (colour >> 8);
                    rgb[target + 2] = (byte) colour;
                } else if (tiff.photometric() == TiffLayout.CMYK) {
                    for (int i = 0; i < 3; i++) {
                        rgb[target + i] = (byte) JpegColours.ink(255 - row[at + i], 255 - row[at + 3]);
                    }
                } else {
                    int alpha = tiff.isMultiplied() && bands == 4 ? row[at + 3] >> shift : 255;
                    for (int i = 0; i < 3; i++) {
                        int sample = row[at + i] >> shift;
                        rgb[target + i] = (byte) (alpha == 0 ? 0 : Math.min(255, sample * 255 / alpha));
                    }
                }
            }
        }
    }

    private static int colour(BufferedImage image, TiffLayout tiff, int sample) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return palette.getRGB(sample);
        }
        int grey = sample * 255 / ((1 << tiff.bits()) - 1);
        return grey << 16 | grey << 8 | grey;
    }
}
