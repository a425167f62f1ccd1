package io.sextant.training.vocabulary;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * The embedded model's tokenizer, as this module brings it: made once by {@code train tokenizer} from Llama 2's vocabulary (taken
 * from llama-tokenizer-js 1.2.2, MIT) and kept, so that ids stay what trained weights mean.
 */
public final class EmbeddedTokenizer {
    /** What a Llama folder calls it. */
    public static final String FILE_NAME = "tokenizer.json";

    private EmbeddedTokenizer() {}

    /** Writes the file into a folder that exists; replaces one that is there. */
    public static void write(Path folder) {
        try (InputStream in =
                Objects.requireNonNull(EmbeddedTokenizer.class.getResourceAsStream(FILE_NAME), FILE_NAME)) {
            Files.copy(in, folder.resolve(FILE_NAME), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokenizer, by way of a folder that it is written to. */
    public static LlamaTokenizer open(Path folder) {
        write(folder);
        return LlamaTokenizer.open(folder);
    }
}
