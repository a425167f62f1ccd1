package io.sextant.core.internal.image;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The first directory of a TIFF file, and how many there are. Numbers are read from the file when they are asked for. */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int FAX3_OPTIONS = 292;
    static final int FAX4_OPTIONS = 293;
    static final int PREDICTOR = 317;
    static final int COLOUR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int INK_SET = 332;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;
    static final int YCBCR_COEFFICIENTS = 529;
    static final int YCBCR_SUBSAMPLING = 530;
    static final int YCBCR_POSITIONING = 531;
    static final int REFERENCE_BLACK_WHITE = 532;

    private static final Set<Integer> OF_THE_PIXELS = Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            PHOTOMETRIC,
            FILL_ORDER,
            STRIP_OFFSETS,
            SAMPLES,
            ROWS_PER_STRIP,
            STRIP_BYTES,
            PLANAR,
            FAX3_OPTIONS,
            FAX4_OPTIONS,
            PREDICTOR,
            COLOUR_MAP,
            TILE_WIDTH,
            TILE_HEIGHT,
            TILE_OFFSETS,
            TILE_BYTES,
            INK_SET,
            EXTRA_SAMPLES,
            SAMPLE_FORMAT,
            JPEG_TABLES,
            YCBCR_COEFFICIENTS,
            YCBCR_SUBSAMPLING,
            YCBCR_POSITIONING,
            REFERENCE_BLACK_WHITE);

    private static final int ENTRY_LENGTH = 12;
    private static final int NOBODYS_TAG = 65_000;
    private static final int MOST_PAGES = 65_536;

    private final byte[] encoded;
    private final ByteCursor cursor;
    private final boolean isLittleEndian;
    private final int start;
    private final int pages;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();

    private record Entry(int at, int type, long count, long values) {
        int length() {
            return switch (type) {
                case 3 -> 2;
                case 4, 9, 13 -> 4;
                case 5, 10, 12 -> 8;
                case 11 -> 4;
                default -> type == 8 ? 2 : 1;
            };
        }
    }

    private TiffDirectory(byte[] encoded) throws DamagedImageException {
        this.encoded = encoded;
        this.cursor = new ByteCursor("TIFF", encoded);
        this.isLittleEndian = encoded[0] == 'I';
        this.start = (int) cursor.seek(at32(4)).position();
        int count = at16(start);
        for (int i = 0; i < count; i++) {
            int at = start + 2 + i * ENTRY_LENGTH;
            cursor.seek(at + (long) ENTRY_LENGTH);
            Entry entry = entry(at);
            entries.putIfAbsent(at16(at), entry);
        }
        this.pages = countPages();
    }

    static TiffDirectory read(byte[] encoded) throws DamagedImageException {
        return new TiffDirectory(encoded);
    }

    private Entry entry(int at) throws DamagedImageException {
        Entry inside = new Entry(at, at16(at + 2), at32(at + 4), at + 8L);
        boolean isInside = inside.count() * inside.length() <= 4;
        return isInside ? inside : new Entry(at, inside.type(), inside.count(), at32(at + 8));
    }

    /** Images in the file, this one and those that follow; a ring of directories ends where it closes. */
    int pages() {
        return pages;
    }

    private int countPages() throws DamagedImageException {
        Set<Long> seen = new HashSet<>();
        long next = start;
        while (next != 0 && next + 2 <= encoded.length && seen.size() < MOST_PAGES && seen.add(next)) {
            long link = next + 2 + (long) at16((int) next) * ENTRY_LENGTH;
            next = link + 4 <= encoded.length ? at32((int) link) : 0;
        }
        return seen.size();
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** How many numbers a tag has, 0 where it is missing. */
    long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count();
    }

    /** The first number of a tag, or another where it is missing. */
    long number(int tag, long otherwise) throws DamagedImageException {
        return count(tag) == 0 ? otherwise : number(tag, 0, otherwise);
    }

    /** A whole number of a tag that has more than that. */
    long number(int tag, int index, long otherwise) throws DamagedImageException {
        Entry entry = entries.get(tag);
        if (entry == null || index >= entry.count()) {
            return otherwise;
        }
        long at = entry.values() + (long) index * entry.length();
        if (at + entry.length() > encoded.length) {
            throw cursor.truncated();
        }
        return switch (entry.type()) {
            case 1 -> encoded[(int) at] & 0xFF;
            case 3 -> at16((int) at);
            case 4, 13 -> at32((int) at);
            default -> throw DamagedImageException.damaged("TIFF", "its tag " + tag + " holds no whole numbers");
        };
    }

    /** The bytes of a tag. */
    byte[] bytes(int tag) throws DamagedImageException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Math.min(entry.count(), encoded.length)];
        for (int i = 0; i < bytes.length; i++) {
            if (entry.values() + i >= encoded.length) {
                throw cursor.truncated();
            }
            bytes[i] = encoded[(int) entry.values() + i];
        }
        return bytes;
    }

    /** The EXIF orientation, which is a tag like any other. */
    int orientation() {
        return ExifOrientation.read(encoded, 0, encoded.length);
    }

    /** The file with nothing in it but the first image's pixels and what describes them: no metadata, no other pages. */
    byte[] plain() throws DamagedImageException {
        byte[] plain = encoded.clone();
        int count = at16(start);
        for (int i = 0; i < count; i++) {
            int at = start + 2 + i * ENTRY_LENGTH;
            if (!OF_THE_PIXELS.contains(at16(at))) {
                put16(plain, at, NOBODYS_TAG);
                put16(plain, at + 2, 1);
                put32(plain, at + 4, 1);
                put32(plain, at + 8, 0);
            }
        }
        int next = start + 2 + count * ENTRY_LENGTH;
        if (next + 4 <= plain.length) {
            put32(plain, next, 0);
        }
        return plain;
    }

    private int at16(int at) throws DamagedImageException {
        cursor.seek(at);
        return isLittleEndian ? cursor.littleEndian16() : cursor.bigEndian16();
    }

    private long at32(int at) throws DamagedImageException {
        cursor.seek(at);
        return Integer.toUnsignedLong(isLittleEndian ? cursor.littleEndian32() : cursor.bigEndian32());
    }

    private void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (isLittleEndian ? value : value >> 8);
        bytes[at + 1] = (byte) (isLittleEndian ? value >> 8 : value);
    }

    private void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, isLittleEndian ? value : value >> 16);
        put16(bytes, at + 2, isLittleEndian ? value >> 16 : value);
    }
}
