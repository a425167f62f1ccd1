package io.sextant.core.internal.grammar;

import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/** The vocabularies grammars are tried on. */
enum TestTokenizers {
    SMALL,
    EMBEDDED,
    /** Llama 2's 32000 pieces, if the golden set is there. */
    LLAMA;

    LlamaTokenizer open() {
        try {
            Path folder = Files.createTempDirectory("grammar");
            folder.toFile().deleteOnExit();
            return switch (this) {
                case SMALL -> SmallTokenizers.open(folder);
                case EMBEDDED -> embedded(folder);
                case LLAMA -> LlamaTokenizer.open(GoldenSet.open().path("tokenizer-llama2"));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #open}, but Llama's only where it is there. */
    boolean isThere() {
        try {
            open();
            return true;
        } catch (TestAbortedException e) {
            return false;
        }
    }

    private static LlamaTokenizer embedded(Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                TestTokenizers.class.getResourceAsStream("/io/sextant/core/model/embedded/llama/tokenizer.json"))) {
            Files.copy(in, folder.resolve("tokenizer.json"));
        }
        return LlamaTokenizer.open(folder);
    }
}
