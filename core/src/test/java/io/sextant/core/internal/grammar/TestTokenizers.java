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
import java.util.stream.Stream;

/** The vocabularies grammars are tried on. */
enum TestTokenizers {
    SMALL,
    EMBEDDED,
    /** Llama 2's 32000 pieces. */
    LLAMA;

    LlamaTokenizer open() {
        if (this == LLAMA) {
            return LlamaTokenizer.open(GoldenSet.open().path("tokenizer-llama2"));
        }
        try {
            Path folder = Files.createTempDirectory("grammar");
            try {
                return this == SMALL ? SmallTokenizers.open(folder) : embedded(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LlamaTokenizer embedded(Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                TestTokenizers.class.getResourceAsStream("/io/sextant/core/model/embedded/llama/tokenizer.json"))) {
            Files.copy(in, folder.resolve("tokenizer.json"));
        }
        return LlamaTokenizer.open(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
