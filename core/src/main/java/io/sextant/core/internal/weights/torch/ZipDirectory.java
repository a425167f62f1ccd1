package io.sextant.core.internal.weights.torch;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The central directory of a zip archive whose entries are stored, not compressed, as torch writes them.
 *
 * <p>Java's own zip reader hides where an entry's bytes lie in the file, which memory mapping needs. This one follows
 * PKWARE's APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16 (ends of central
 * directory) and 4.5.3 (64-bit sizes). Sizes and checksums are taken from the central directory, since torch writes them
 * behind the data. Entries may not overlap, so reading each once costs no more than the file is long.
 */
public final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR64_SIGNATURE = 0x07064b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int END64_LENGTH = 56;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int MAX_DIRECTORY_BYTES = 64 << 20;
    private static final int SIZE64_EXTRA = 0x0001;
    private static final long UNKNOWN32 = 0xFFFFFFFFL;

    private final FileChannel channel;
    private final Path file;
    private final long size;

    private ZipDirectory(FileChannel channel, Path file) throws IOException {
        this.channel = channel;
        this.file = file;
        this.size = channel.size();
    }

    /** All entries by name, in the order of the directory. */
    public static Map<String, ZipRecord> read(FileChannel channel, Path file) throws IOException {
        return new ZipDirectory(channel, file).records();
    }

    private Map<String, ZipRecord> records() throws IOException {
        End end = end();
        if (end.directoryLength > MAX_DIRECTORY_BYTES || end.entries > end.directoryLength / CENTRAL_LENGTH) {
            throw refuse("the zip directory (" + end.entries + " entries in " + end.directoryLength
                    + " bytes) is not plausible; fetch the file again.");
        }
        ByteBuffer directory = FileBytes.read(channel, end.directoryOffset, (int) end.directoryLength, file);
        Map<String, ZipRecord> records = new LinkedHashMap<>();
        for (long i = 0; i < end.entries; i++) {
            ZipRecord record = record(directory, end.directoryOffset);
            if (records.put(record.name(), record) != null) {
                throw refuse("the zip entry " + record.name() + " is there twice; fetch the file again.");
            }
        }
        requireApart(new ArrayList<>(records.values()));
        return Collections.unmodifiableMap(records);
    }

    private record End(long entries, long directoryOffset, long directoryLength) {}

    private End end() throws IOException {
        int tailLength = (int) Math.min(size, END_LENGTH + MAX_COMMENT);
        ByteBuffer tail = FileBytes.read(channel, size - tailLength, tailLength, file);
        for (int at = tailLength - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE && at + END_LENGTH + unsignedShort(tail, at + 20) == tailLength) {
                return end(tail, at, size - tailLength + at);
            }
        }
        throw refuse(
                "is truncated or not a complete zip (it has no central directory at its end); fetch the file again.");
    }

    private End end(ByteBuffer tail, int at, long position) throws IOException {
        long entries = unsignedShort(tail, at + 10);
        long length = unsignedInt(tail, at + 12);
        long offset = unsignedInt(tail, at + 16);
        long limit = position;
        if (entries == 0xFFFF || length == UNKNOWN32 || offset == UNKNOWN32) {
            long end64 = end64Position(position);
            ByteBuffer record = FileBytes.read(channel, end64, END64_LENGTH, file);
            if (record.getInt(0) != END64_SIGNATURE) {
                throw refuse("the 64-bit zip directory end at byte " + end64 + " is damaged; fetch the file again.");
            }
            entries = record.getLong(32);
            length = record.getLong(40);
            offset = record.getLong(48);
            limit = end64;
        }
        if (entries < 0 || length < 0 || offset < 0 || offset > limit || length > limit - offset) {
            throw refuse("the zip directory (offset " + offset + ", " + length
                    + " bytes) does not lie before its end at byte " + limit + "; fetch the file again.");
        }
        return new End(entries, offset, length);
    }

    private long end64Position(long endPosition) throws IOException {
        long locator = endPosition - LOCATOR64_LENGTH;
        if (locator >= 0) {
            ByteBuffer record = FileBytes.read(channel, locator, LOCATOR64_LENGTH, file);
            long position = record.getLong(8);
            if (record.getInt(0) == LOCATOR64_SIGNATURE && position >= 0 && position <= locator - END64_LENGTH) {
                return position;
            }
        }
        throw refuse("the 64-bit zip directory end is missing; the file is truncated, fetch it again.");
    }

    private ZipRecord record(ByteBuffer directory, long directoryOffset) throws IOException {
        int at = directory.position();
        if (directory.remaining() < CENTRAL_LENGTH || directory.getInt(at) != CENTRAL_SIGNATURE) {
            throw refuse("the zip directory is damaged at byte " + (directoryOffset + at) + "; fetch the file again.");
        }
        int nameLength = unsignedShort(directory, at + 28);
        int extraLength = unsignedShort(directory, at + 30);
        int next = at + CENTRAL_LENGTH + nameLength + extraLength + unsignedShort(directory, at + 32);
        if (next > directory.limit()) {
            throw refuse("the zip directory is cut at byte " + (directoryOffset + at) + "; fetch the file again.");
        }
        String name = name(directory.slice(at + CENTRAL_LENGTH, nameLength));
        if (unsignedShort(directory, at + 10) != 0) {
            throw refuse("compressed entry " + name
                    + "; torch never compresses, so the file was packed again: save it anew with torch.save.");
        }
        if ((unsignedShort(directory, at + 8) & 1) != 0) {
            throw refuse("encrypted entry " + name + "; save the file anew with torch.save.");
        }
        long[] sizes = {
            unsignedInt(directory, at + 24), unsignedInt(directory, at + 20), unsignedInt(directory, at + 42)
        };
        widen(sizes, directory.slice(at + CENTRAL_LENGTH + nameLength, extraLength), name);
        if (sizes[0] != sizes[1]) {
            throw refuse("the stored entry " + name + " has two sizes, " + sizes[0] + " and " + sizes[1]
                    + "; fetch the file again.");
        }
        directory.position(next);
        return new ZipRecord(
                name,
                sizes[2],
                dataOffset(name, sizes[2], sizes[0], directoryOffset),
                sizes[0],
                unsignedInt(directory, at + 16));
    }

    /** Replaces those of (size, stored size, header offset) that do not fit 32 bits by their 64-bit form, in this order. */
    private void widen(long[] sizes, ByteBuffer extra, String name) {
        extra.order(ByteOrder.LITTLE_ENDIAN);
        while (extra.remaining() >= 4) {
            int id = unsignedShort(extra, extra.position());
            int length = unsignedShort(extra, extra.position() + 2);
            extra.position(extra.position() + 4);
            if (length > extra.remaining()) {
                break;
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; id == SIZE64_EXTRA && i < sizes.length; i++) {
                if (sizes[i] == UNKNOWN32 && field.remaining() >= 8) {
                    sizes[i] = field.getLong();
                }
            }
            extra.position(extra.position() + length);
        }
        for (long value : sizes) {
            if (value < 0) {
                throw refuse("the zip entry " + name + " has a negative size or offset; fetch the file again.");
            }
        }
    }

    private long dataOffset(String name, long headerOffset, long length, long directoryOffset) throws IOException {
        if (headerOffset <= directoryOffset - LOCAL_LENGTH) {
            ByteBuffer header = FileBytes.read(channel, headerOffset, LOCAL_LENGTH, file);
            int nameLength = unsignedShort(header, 26);
            long nameOffset = headerOffset + LOCAL_LENGTH;
            long data = nameOffset + nameLength + unsignedShort(header, 28);
            if (header.getInt(0) == LOCAL_SIGNATURE
                    && unsignedShort(header, 8) == 0
                    && data <= directoryOffset
                    && length <= directoryOffset - data
                    && name(FileBytes.read(channel, nameOffset, nameLength, file))
                            .equals(name)) {
                return data;
            }
        }
        throw refuse("the zip entry " + name + " (" + length + " bytes, header at byte " + headerOffset
                + ") is not where the directory says; the file is damaged, fetch it again.");
    }

    private void requireApart(List<ZipRecord> records) {
        records.sort(Comparator.comparingLong(ZipRecord::headerOffset));
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).headerOffset() < records.get(i - 1).end()) {
                throw refuse("the zip entries " + records.get(i - 1).name() + " and "
                        + records.get(i).name() + " overlap; fetch the file again.");
            }
        }
    }

    private String name(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ModelFilesException(file + ": a zip entry's name is not UTF-8; fetch the file again.", e);
        }
    }

    private ModelFilesException refuse(String problem) {
        return new ModelFilesException(file + ": " + problem);
    }

    private static int unsignedShort(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static long unsignedInt(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
