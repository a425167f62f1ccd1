package io.sextant.core.internal.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * WebP: lossy (VP8) and lossless (VP8L); of an animation the first image, on black where it does not cover the canvas. Alpha is
 * dropped.
 *
 * <p>The container is walked here, up to the last chunk; the library gets the coded pixels alone, without alpha, profile and
 * metadata. It enlarges the colours of a lossy image without smoothing them, so single pixels differ a little from Pillow's.
 */
public final class WebpCodec implements ImageCodec {
    private static final int READ_AHEAD = 16;

    @Override
    public boolean recognises(byte[] encoded) {
        return encoded.length >= 12 && WebpHeader.isAt(encoded, 0, "RIFF") && WebpHeader.isAt(encoded, 8, "WEBP");
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        WebpHeader header = WebpHeader.read(encoded);
        return new ImageLayout(header.width(), header.height(), header.orientation(), header.frames());
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        WebpHeader header = WebpHeader.read(encoded);
        WebpHeader.Frame frame = header.frame();
        ImageLayout size = new ImageLayout(frame.width(), frame.height(), 1, 1);
        BufferedImage image = LibraryReader.read("WebP", new WebPImageReaderSpi(), plain(encoded, frame), size, true);
        WritableRaster raster = image.getRaster();
        if (raster.getNumBands() < 3) {
            throw DamagedImageException.damaged("WebP", "its pixels have " + raster.getNumBands() + " colours");
        }
        byte[] rgb = new byte[layout.rgbLength()];
        int[] row = new int[raster.getNumBands() * frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            raster.getPixels(0, y, frame.width(), 1, row);
            int target = 3 * ((frame.y() + y) * layout.width() + frame.x());
            for (int x = 0; x < frame.width(); x++) {
                for (int band = 0; band < 3; band++) {
                    rgb[target++] = (byte) row[x * raster.getNumBands() + band];
                }
            }
        }
        return rgb;
    }

    /** A file that holds the coded pixels and nothing else; behind its end what the library reads ahead. */
    private static byte[] plain(byte[] encoded, WebpHeader.Frame frame) {
        byte[] pixels = Arrays.copyOfRange(encoded, frame.start(), frame.end());
        int padded = pixels.length + (pixels.length & 1);
        return ByteBuffer.allocate(20 + padded + READ_AHEAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(encoded, 0, 4)
                .putInt(12 + padded)
                .put(encoded, 8, 4)
                .put(encoded, frame.start() - 8, 4)
                .putInt(pixels.length)
                .put(pixels)
                .array();
    }
}
