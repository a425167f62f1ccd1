package io.sextant.core.internal.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 of files, headers and descriptions. */
public final class Digests {
    private static final int CHUNK_BYTES = 1 << 20;

    private Digests() {}

    /** Of a header and the size of the file it stands for. */
    public static byte[] ofHeader(ByteBuffer header, long fileSize) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(header);
        addNumber(digest, fileSize);
        return digest.digest();
    }

    public static void addNumber(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(8).putLong(0, number));
    }

    /** Adds a text so that no two sequences of texts give the same bytes. */
    public static void addText(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addNumber(digest, bytes.length);
        digest.update(bytes);
    }

    /** Of a whole file, read once. */
    public static byte[] ofFile(Path file, ReadProgress progress) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer)) {
                digest.update(buffer.flip());
                buffer.clear();
                progress.advanced(file, read);
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
        return digest.digest();
    }

    /** Of a whole file, as 64 lower-case hex digits. */
    public static String sha256Hex(Path file, ReadProgress progress) {
        return hex(ofFile(file, progress));
    }

    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
