package io.sextant.training.vocabulary;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The embedded model's tokenizer, as this module brings it: made once by {@code train tokenizer} from Llama 2's vocabulary (taken
 * from llama-tokenizer-js 1.2.2, MIT) and kept, so that ids stay what trained weights mean.
 */
public final class EmbeddedTokenizer {
    /** What a Llama folder calls it. */
    public static final String FILE_NAME = "tokenizer.json";

    private EmbeddedTokenizer() {}

    /**
     * Writes the file into a folder that exists, whole or not at all; replaces one that is there.
     *
     * @throws ConfigurationException if it cannot be written
     */
    public static void write(Path folder) {
        try (InputStream in =
                Objects.requireNonNull(EmbeddedTokenizer.class.getResourceAsStream(FILE_NAME), FILE_NAME)) {
            AtomicFile.write(folder.resolve(FILE_NAME), in.readAllBytes());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The tokenizer cannot be written to " + folder + " (" + e + "); make space and start again.", e);
        }
    }

    /** The tokenizer, by way of a folder that it is written to. */
    public static LlamaTokenizer open(Path folder) {
        write(folder);
        return LlamaTokenizer.open(folder);
    }
}
