package io.sextant.core.internal.weights.folder;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.WeightFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One digest over all that decides a model's answers: sizes, the content of checkpoint and image encoder, header and size
 * of every decoder file (reading tens of gigabytes at every start would take minutes), and the tokenizer. Names and places
 * of files play no part, so that a copy elsewhere has the same fingerprint.
 */
final class Fingerprint {
    private Fingerprint() {}

    /**
     * @param checkpoint digest of its file
     * @param imageEncoder digest of its file
     */
    static String of(
            ModelDescription description,
            ModelDimensions dimensions,
            WeightPart decoder,
            byte[] checkpoint,
            byte[] imageEncoder) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        Digests.addText(digest, "sextant model 1");
        Digests.addText(digest, dimensions.toString());
        digest.update(checkpoint);
        digest.update(imageEncoder);
        for (WeightFile file : decoder.files()) {
            digest.update(file.headerDigest());
        }
        Path tokenizer = description.decoderFolder().resolve("tokenizer.json");
        if (Files.isRegularFile(tokenizer)) {
            digest.update(Digests.ofFile(tokenizer, ReadProgress.NONE));
        }
        return Digests.hex(digest.digest());
    }
}
