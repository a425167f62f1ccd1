package io.sextant.core.internal.quantization;

import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.FileBytes;
import io.sextant.core.internal.weights.StoredTensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tells weights apart without reading tens of gigabytes: by their names, shapes and types, the time their files were changed, and pieces
 * of each tensor.
 */
public final class SourceDigest {
    private static final int PIECES = 8;
    private static final int PIECE_BYTES = 4096;

    private SourceDigest() {}

    /**
     * The digest in hexadecimal digits.
     *
     * @param model what is already known of the model, for instance its fingerprint
     * @throws io.sextant.core.error.ModelFilesException if a file cannot be read
     */
    public static String of(String model, Collection<StoredTensor> tensors) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        Digests.addText(digest, model);
        Map<Path, List<StoredTensor>> byFile = tensors.stream().collect(Collectors.groupingBy(StoredTensor::file));
        byFile.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> add(digest, entry.getKey(), entry.getValue()));
        return Digests.hex(digest.digest());
    }

    private static void add(MessageDigest digest, Path file, List<StoredTensor> tensors) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Digests.addText(digest, Files.getLastModifiedTime(file).toString());
            for (StoredTensor tensor : tensors) {
                Digests.addText(digest, tensor.toString());
                long last = tensor.byteEnd() - tensor.byteOffset();
                int length = (int) Math.min(PIECE_BYTES, last);
                for (int piece = 0; piece < PIECES; piece++) {
                    long place = tensor.byteOffset() + (last - length) / (PIECES - 1) * piece;
                    digest.update(FileBytes.read(channel, place, length, file));
                }
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
    }
}
