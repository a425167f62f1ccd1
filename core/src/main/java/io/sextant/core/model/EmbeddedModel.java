package io.sextant.core.model;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import io.sextant.core.internal.files.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small model that comes along, so that a first run needs no download. It has learned generated scenes of 80 everyday objects
 * and knows nothing else; {@code MODEL-CARD.md} in its folder says what it can do and how well.
 *
 * <p>Weights are mapped from files, so the model is unpacked once into a cache, in a folder named by the digest of its files: another
 * version never meets the files of this one. Files are written beside and then renamed, so processes that start together do not
 * disturb one another, and one that was killed leaves no half file behind.
 */
public final class EmbeddedModel {
    /** What whoever is answered by it has to know. */
    public static final String LIMITS =
            "The embedded model knows drawn scenes of 80 everyday objects and nothing else: about photographs its"
                    + " answers mean nothing, however sure they look.";

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedModel.class);
    private static final String NAME = "sextant";
    private static final String INDEX = "SHA256SUMS";
    private static final String BETWEEN = "  ";
    private static final int NAME_CHARACTERS = 16;

    private EmbeddedModel() {}

    /**
     * The model's folder in the user's cache: {@code $XDG_CACHE_HOME/sextant}, {@code ~/.cache/sextant}, {@code
     * $HOME/.cache/sextant}, whichever can be used first; where none can, in a folder of this user's among the temporary files,
     * with a warning.
     *
     * @throws ConfigurationException if nothing can be written anywhere
     */
    public static Path folder() {
        return folder(UserCache.ofProcess());
    }

    static Path folder(UserCache cache) {
        List<Path> refused = new ArrayList<>();
        for (Path place : cache.lasting()) {
            try {
                return unpack(place.resolve(NAME));
            } catch (ConfigurationException e) {
                LOGGER.atDebug().addKeyValue("folder", place).setCause(e).log("no place for the embedded model");
                refused.add(place);
            }
        }
        try {
            Path place = cache.temporary();
            LOGGER.atWarn()
                    .addKeyValue("folder", place)
                    .addKeyValue("refused", refused)
                    .log(
                            "no lasting folder can be written, so the embedded model is unpacked among the temporary files;"
                                    + " set XDG_CACHE_HOME or HOME to a folder that can be written");
            return unpack(place.resolve(NAME));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The embedded model cannot be unpacked, neither to " + refused + " nor among the temporary files ("
                            + e + "); " + UserCache.ADVICE + ", or name a model with sextant.model.path.",
                    e);
        }
    }

    /**
     * Unpacks what is missing, and returns the model folder.
     *
     * @param cache folder to unpack into; made where it is missing
     * @throws ConfigurationException if it cannot be written
     */
    public static Path unpack(Path cache) {
        byte[] index = read(INDEX);
        Path folder = cache.resolve("embedded-" + DigestUtils.sha256Hex(index).substring(0, NAME_CHARACTERS));
        try {
            for (Map.Entry<String, String> entry : digests(index).entrySet()) {
                Path file = folder.resolve(entry.getKey());
                if (!Files.isRegularFile(file)) {
                    write(file, entry.getKey(), entry.getValue());
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The embedded model cannot be unpacked to " + folder + " (" + e + "); " + UserCache.ADVICE
                            + ", or name a model with sextant.model.path.",
                    e);
        }
        return folder;
    }

    private static void write(Path file, String name, String digest) throws IOException {
        byte[] content = read(name);
        if (!DigestUtils.sha256Hex(content).equals(digest)) {
            throw new IOException("the copy of " + name + " in the program is damaged; install it again");
        }
        Path parent = Objects.requireNonNull(file.getParent(), "lies in the model's folder");
        Files.createDirectories(parent);
        AtomicFile.write(file, content);
    }

    /** Digests by file name, from lines as the tool sha256sum writes them. */
    private static Map<String, String> digests(byte[] index) {
        Map<String, String> digests = new LinkedHashMap<>();
        new String(index, StandardCharsets.UTF_8).lines().forEach(line -> {
            int end = line.indexOf(BETWEEN);
            digests.put(line.substring(end + BETWEEN.length()), line.substring(0, end));
        });
        return digests;
    }

    private static byte[] read(String name) {
        try (InputStream stream =
                Objects.requireNonNull(EmbeddedModel.class.getResourceAsStream("embedded/" + name), name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " of the embedded model", e);
        }
    }
}
