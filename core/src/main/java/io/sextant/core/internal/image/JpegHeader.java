package io.sextant.core.internal.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the markers of a JPEG file say, from one walk over the whole file up to its end mark, or to its last byte where that
 * mark is missing: many cameras leave it out, and the pixels may all be there.
 *
 * @param width pixels
 * @param height pixels
 * @param orientation EXIF orientation, 1..8
 * @param transform how the samples are coded
 * @param scans passes over the image: 1 for baseline, about 10 for progressive
 * @param end index after the end mark; where that is missing, after the coded pixels
 * @param hasEndMark whether the file has one
 */
record JpegHeader(int width, int height, int orientation, Transform transform, int scans, int end, boolean hasEndMark) {
    /** What the stored samples mean, told the way libjpeg tells it. */
    enum Transform {
        GREY,
        RGB,
        YCBCR,
        CMYK,
        YCCK
    }

    static final int END = 0xD9;

    private static final int START = 0xD8;
    private static final int START_OF_SCAN = 0xDA;
    private static final int PROGRESSIVE = 0xC2;

    /** So many zero bytes at the end of a file without end mark are no pixels but what an interrupted transfer leaves. */
    private static final int MOST_ZEROS = 8;

    static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    static boolean isApplicationOrComment(int marker) {
        return (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
    }

    /** Markers without a length: restarts and the reserved TEM. */
    static boolean standsAlone(int marker) {
        return (marker >= 0xD0 && marker <= START) || marker == 0x01;
    }

    static JpegHeader read(byte[] encoded) throws DamagedImageException {
        return new Walk(encoded).toEnd();
    }

    private static final class Walk {
        private final byte[] encoded;
        private final ByteCursor cursor;
        private int width;
        private int height;
        private byte[] componentIds = new byte[0];
        private boolean hasFrame;
        private boolean hasJfif;
        private int adobeTransform = -1;
        private int orientation;
        private int scans;
        private JpegProgress progress = JpegProgress.none();
        private boolean hasEndMark = true;
        private int lastSegmentEnd;

        Walk(byte[] encoded) {
            this.encoded = encoded;
            this.cursor = new ByteCursor("JPEG", encoded);
        }

        JpegHeader toEnd() throws DamagedImageException {
            cursor.skip(2);
            int marker = nextMarker();
            while (marker != END) {
                if (!standsAlone(marker)) {
                    segment(marker);
                }
                marker = nextMarker();
            }
            requirePixels();
            int end = hasEndMark ? cursor.position() : endOfPixels();
            return new JpegHeader(width, height, Math.max(1, orientation), transform(), scans, end, hasEndMark);
        }

        /** Whether the pixels of the last scan are whole is known only once they are decoded. */
        private void requirePixels() throws DamagedImageException {
            if (!hasEndMark && (scans == 0 || !progress.isComplete())) {
                throw cursor.truncated();
            }
            if (!hasFrame || scans == 0) {
                throw DamagedImageException.damaged("JPEG", "it holds no image");
            }
            if (!progress.hasAllComponents()) {
                throw DamagedImageException.damaged("JPEG", "the pixels of a colour component are missing");
            }
        }

        private int endOfPixels() {
            int end = encoded.length;
            while (end > lastSegmentEnd && encoded[end - 1] == 0) {
                end--;
            }
            return encoded.length - end > MOST_ZEROS ? end : encoded.length;
        }

        /**
         * Steps over coded pixels and stray bytes: within them 0xFF is followed by 0 or a restart mark. The end of the bytes
         * counts as the end mark.
         */
        private int nextMarker() throws DamagedImageException {
            while (cursor.remaining() > 0) {
                int marker = cursor.unsignedByte() == 0xFF ? 0xFF : 0;
                while (marker == 0xFF && cursor.remaining() > 0) {
                    marker = cursor.unsignedByte();
                }
                if (marker != 0 && marker != 0xFF) {
                    return marker;
                }
            }
            hasEndMark = false;
            return END;
        }

        private void segment(int marker) throws DamagedImageException {
            int start = cursor.position();
            int length = cursor.bigEndian16();
            if (length < 2) {
                throw DamagedImageException.damaged("JPEG", "the segment at byte " + (start - 2) + " has no length");
            }
            int end = start + length;
            if (isFrame(marker)) {
                frame(marker);
            } else if (marker == START_OF_SCAN) {
                scans++;
                scan();
            }
            cursor.seek(end);
            lastSegmentEnd = end;
            if (marker == 0xE0 && startsWith(start + 2, end, "JFIF\0")) {
                hasJfif = true;
            } else if (marker == 0xE1 && orientation == 0 && startsWith(start + 2, end, "Exif\0\0")) {
                orientation = ExifOrientation.read(encoded, start + 8, end);
            } else if (marker == 0xEE && length >= 14 && startsWith(start + 2, end, "Adobe")) {
                adobeTransform = encoded[start + 13] & 0xFF;
            }
        }

        private void frame(int marker) throws DamagedImageException {
            if (hasFrame) {
                throw DamagedImageException.damaged("JPEG", "it holds two frame headers");
            }
            hasFrame = true;
            if (marker > 0xC2) {
                throw DamagedImageException.unsupported("a lossless, hierarchical or arithmetic-coded JPEG file");
            }
            int precision = cursor.unsignedByte();
            if (precision != 8) {
                throw DamagedImageException.unsupported("a JPEG file with " + precision + " bits a sample");
            }
            height = cursor.bigEndian16();
            width = cursor.bigEndian16();
            if (width == 0 || height == 0) {
                throw DamagedImageException.damaged("JPEG", "its header gives " + width + "x" + height + " pixels");
            }
            int components = cursor.unsignedByte();
            if (components != 1 && components != 3 && components != 4) {
                throw DamagedImageException.unsupported("a JPEG file with " + components + " colour components");
            }
            componentIds = new byte[components];
            for (int i = 0; i < components; i++) {
                componentIds[i] = (byte) cursor.unsignedByte();
                cursor.skip(2);
            }
            progress = new JpegProgress(componentIds, marker == PROGRESSIVE);
        }

        private void scan() throws DamagedImageException {
            byte[] painted = new byte[cursor.unsignedByte()];
            for (int i = 0; i < painted.length; i++) {
                painted[i] = (byte) cursor.unsignedByte();
                cursor.skip(1);
            }
            progress.paint(painted, cursor.unsignedByte(), cursor.unsignedByte(), cursor.unsignedByte() & 0xF);
        }

        private boolean startsWith(int start, int end, String mark) {
            byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
            return end - start >= bytes.length
                    && Arrays.equals(encoded, start, start + bytes.length, bytes, 0, bytes.length);
        }

        /** libjpeg, jdapimin.c, default_decompress_parms. */
        private Transform transform() {
            if (componentIds.length == 1) {
                return Transform.GREY;
            }
            if (componentIds.length == 4) {
                return adobeTransform <= 0 ? Transform.CMYK : Transform.YCCK;
            }
            if (hasJfif) {
                return Transform.YCBCR;
            }
            if (adobeTransform >= 0) {
                return adobeTransform == 0 ? Transform.RGB : Transform.YCBCR;
            }
            boolean isNamedRgb = componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
            return isNamedRgb ? Transform.RGB : Transform.YCBCR;
        }
    }
}
