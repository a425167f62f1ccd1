package io.sextant.core.internal.weights.torch;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.FileBytes;
import io.sextant.core.internal.weights.SavedInstead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells by its first bytes what a file that should come from torch.save really is. */
final class TorchFileKind {
    private static final int HEAD_BYTES = 512;
    private static final int PICKLE_PROTOCOL = 0x80;
    private static final int TAR_MAGIC_OFFSET = 257;

    private TorchFileKind() {}

    /** @throws ModelFilesException saying what the file is instead, and how to get the right one */
    static void requireZip(FileChannel channel, Path path, long size) throws IOException {
        ByteBuffer head = FileBytes.read(channel, 0, (int) Math.min(size, HEAD_BYTES), path);
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        if (text.startsWith("PK")) {
            return;
        }
        SavedInstead.refuseForBinary(channel, path, "a torch file");
        throw new ModelFilesException(path + " is " + describe(head, text));
    }

    private static String describe(ByteBuffer head, String text) {
        boolean tar = text.length() > TAR_MAGIC_OFFSET && text.startsWith("ustar", TAR_MAGIC_OFFSET);
        if (Byte.toUnsignedInt(head.get(0)) == PICKLE_PROTOCOL || tar) {
            return "in torch's old format (before 1.6); open it with torch and save it anew with torch.save.";
        }
        return "not a torch file (it begins with neither a zip nor a pickle); check the path, or fetch the file again.";
    }
}
