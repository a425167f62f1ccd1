package io.sextant.core.internal.weights.torch;

import io.sextant.core.internal.weights.RecordContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a zip of stored entries as torch does: data at multiples of 64 bytes (an extra field "FB" pads the header), no
 * times. 64-bit fields are written where a size or offset needs them. Equal entries give equal bytes.
 */
public final class ZipWriter implements Closeable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_LENGTH = 30;
    private static final int PADDING_EXTRA = 0x4246; // "FB"
    private static final long LIMIT32 = 0xFFFFFFFFL;
    private static final int LIMIT16 = 0xFFFF;
    private static final short NO_DATE = 0x0021; // 1 January 1980

    private final FileChannel channel;
    private final List<ZipRecord> records = new ArrayList<>();
    private long end;

    /** @param file that does not exist yet */
    public ZipWriter(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE);
    }

    public void add(String name, RecordContent content) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] size64 = size64(content.size() >= LIMIT32, content.size(), content.size());
        long unpadded = end + LOCAL_LENGTH + nameBytes.length + size64.length + 4;
        int padding = (int) Math.floorMod(-unpadded, (long) ALIGNMENT);
        long data = unpadded + padding;
        long checksum = content.writeTo(channel, data);
        ByteBuffer header = buffer((int) (data - end));
        header.putInt(0x04034b50).putShort((short) 20).putShort((short) 0).putShort((short) 0);
        header.putShort((short) 0).putShort(NO_DATE).putInt((int) checksum);
        putSizes(header, content.size());
        header.putShort((short) nameBytes.length).putShort((short) (size64.length + 4 + padding));
        header.put(nameBytes).put(size64).putShort((short) PADDING_EXTRA).putShort((short) padding);
        RecordContent.writeFully(channel, end, header.rewind());
        records.add(new ZipRecord(name, end, data, content.size(), checksum));
        end = data + content.size();
    }

    /** Writes the directory and closes the file. */
    public void finish() throws IOException {
        long directory = end;
        for (ZipRecord record : records) {
            end += write(central(record));
        }
        long length = end - directory;
        boolean wide = records.size() >= LIMIT16 || directory >= LIMIT32 || length >= LIMIT32;
        if (wide) {
            long end64 = end;
            ByteBuffer record = buffer(56);
            record.putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0);
            record.putLong(records.size())
                    .putLong(records.size())
                    .putLong(length)
                    .putLong(directory);
            end += write(record);
            end += write(buffer(20).putInt(0x07064b50).putInt(0).putLong(end64).putInt(1));
        }
        short count = (short) (wide ? LIMIT16 : records.size());
        ByteBuffer last =
                buffer(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
        last.putInt((int) (wide ? LIMIT32 : length))
                .putInt((int) (wide ? LIMIT32 : directory))
                .putShort((short) 0);
        end += write(last);
        close();
    }

    private static ByteBuffer central(ZipRecord record) {
        byte[] name = record.name().getBytes(StandardCharsets.UTF_8);
        boolean wideSize = record.size() >= LIMIT32;
        boolean wideOffset = record.headerOffset() >= LIMIT32;
        byte[] wide = wideSize
                ? wideOffset
                        ? size64(true, record.size(), record.size(), record.headerOffset())
                        : size64(true, record.size(), record.size())
                : size64(wideOffset, record.headerOffset());
        ByteBuffer entry = buffer(46 + name.length + wide.length);
        entry.putInt(0x02014b50)
                .putShort((short) 20)
                .putShort((short) 20)
                .putShort((short) 0)
                .putShort((short) 0);
        entry.putShort((short) 0).putShort(NO_DATE).putInt((int) record.crc32());
        putSizes(entry, record.size());
        entry.putShort((short) name.length).putShort((short) wide.length).putShort((short) 0);
        entry.putShort((short) 0).putShort((short) 0).putInt(0);
        entry.putInt((int) Math.min(LIMIT32, record.headerOffset()));
        return entry.put(name).put(wide);
    }

    private static void putSizes(ByteBuffer target, long size) {
        target.putInt((int) Math.min(LIMIT32, size)).putInt((int) Math.min(LIMIT32, size));
    }

    private static byte[] size64(boolean needed, long... values) {
        if (!needed) {
            return new byte[0];
        }
        byte[] extra = new byte[4 + 8 * values.length];
        ByteBuffer target = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        target.putShort((short) 1).putShort((short) (8 * values.length));
        for (long value : values) {
            target.putLong(value);
        }
        return extra;
    }

    private long write(ByteBuffer bytes) throws IOException {
        RecordContent.writeFully(channel, end, bytes.rewind());
        return bytes.limit();
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
