package io.sextant.core.internal.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * JPEG: baseline and progressive, 8 bits, grey, YCbCr, RGB, CMYK and YCCK.
 *
 * <p>The JDK's decoder (libjpeg) yields the stored samples; the colour conversion is ours, equal to libjpeg's and Pillow's.
 * It gets the file without application segments and comments, so colour profiles, thumbnails and metadata are never parsed.
 * What it would only warn of and fill with grey is an error here.
 */
public final class JpegCodec implements ImageCodec {
    /** A scan visits every pixel; 50 megapixels with the usual 10 scans stay far below. */
    private static final long MAX_VISITED_PIXELS = 2_000_000_000L;

    private static final int MAX_SCANS = 500;
    /** A baseline file has at most a scan for each. */
    private static final int MOST_COMPONENTS = 4;

    @Override
    public boolean recognises(byte[] encoded) {
        return encoded.length >= 3
                && (encoded[0] & 0xFF) == 0xFF
                && (encoded[1] & 0xFF) == 0xD8
                && (encoded[2] & 0xFF) == 0xFF;
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        JpegHeader header = JpegHeader.read(encoded);
        return new ImageLayout(header.width(), header.height(), header.orientation(), 1);
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        JpegHeader header = JpegHeader.read(encoded);
        requireFewScans(header);
        byte[] samples = wholeSamples(encoded, header, layout);
        int pixels = layout.width() * layout.height();
        int components = samples.length / pixels;
        byte[] rgb = components == 3 ? samples : new byte[layout.rgbLength()];
        JpegColours.convert(header.transform(), samples, rgb, pixels);
        return rgb;
    }

    /** Asked once the size is known to be allowed: an image that is too large is refused for that. */
    private static void requireFewScans(JpegHeader header) throws DamagedImageException {
        long visited = (long) header.scans() * header.width() * header.height();
        if (header.scans() > MAX_SCANS || (header.scans() > MOST_COMPONENTS && visited > MAX_VISITED_PIXELS)) {
            throw new DamagedImageException(
                    "is a JPEG file that paints its " + header.width() + "x" + header.height() + " pixels "
                            + header.scans() + " times over, as an attack would",
                    "save it anew as baseline JPEG");
        }
    }

    private static byte[] wholeSamples(byte[] encoded, JpegHeader header, ImageLayout layout)
            throws DamagedImageException {
        try {
            return samples(withoutMetadata(encoded, header), layout);
        } catch (DamagedImageException e) {
            throw header.hasEndMark() ? e : new ByteCursor("JPEG", encoded).truncated();
        }
    }

    private static byte[] samples(byte[] plain, ImageLayout layout) throws DamagedImageException {
        ImageReader reader = reader();
        List<String> warnings = new ArrayList<>();
        try {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(new ByteArrayImageStream(plain), true, true);
            Raster raster = reader.readRaster(0, null);
            refuseSeriousWarnings(warnings);
            if (raster.getWidth() != layout.width()
                    || raster.getHeight() != layout.height()
                    || !(raster.getDataBuffer() instanceof DataBufferByte buffer)) {
                throw DamagedImageException.damaged("JPEG", "its pixels do not fit its header");
            }
            return buffer.getData();
        } catch (IOException | RuntimeException e) {
            refuseSeriousWarnings(warnings);
            throw new DamagedImageException("is a damaged JPEG file: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    /** libjpeg repairs by guessing; only where it ignores surplus bytes or odd metadata are the pixels still right. */
    private static void refuseSeriousWarnings(List<String> warnings) throws DamagedImageException {
        for (String warning : warnings) {
            String text = warning.toLowerCase(Locale.ROOT);
            boolean isSerious = text.contains("premature")
                    || (text.contains("corrupt jpeg data") && !text.contains("extraneous"))
                    || text.contains("inconsistent progression");
            if (isSerious) {
                throw DamagedImageException.damaged("JPEG", warning);
            }
        }
    }

    /** The JDK's own reader, whatever other plug-ins the application carries. */
    private static ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            reader.dispose();
        }
        throw new IllegalStateException("This Java runtime has no JPEG decoder (module java.desktop)");
    }

    /**
     * Walks as {@link JpegHeader} does, which found every segment whole. A missing end mark is put there: what libjpeg then
     * still warns of are missing pixels.
     */
    private static byte[] withoutMetadata(byte[] encoded, JpegHeader header) throws DamagedImageException {
        int end = header.end();
        ByteArrayOutputStream plain = new ByteArrayOutputStream(end);
        int kept = 0;
        int at = 2;
        while (at < end - 1) {
            int marker = encoded[at + 1] & 0xFF;
            if ((encoded[at] & 0xFF) != 0xFF || marker == 0xFF) {
                at++;
            } else if (marker == 0 || JpegHeader.standsAlone(marker) || marker == JpegHeader.END) {
                at += 2;
            } else {
                int next =
                        at + 2 + new ByteCursor("JPEG", encoded).seek(at + 2L).bigEndian16();
                if (JpegHeader.isApplicationOrComment(marker)) {
                    plain.write(encoded, kept, at - kept);
                    kept = next;
                }
                at = next;
            }
        }
        plain.write(encoded, kept, end - kept);
        if (!header.hasEndMark()) {
            plain.write(0xFF);
            plain.write(JpegHeader.END);
        }
        return plain.toByteArray();
    }
}
