package io.sextant.core.internal.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small tokenizer, opened from files of its own; for tests that need some tokenizer and no golden set. */
public final class SmallTokenizers {
    private SmallTokenizers() {}

    /** Writes it to a folder and opens it. */
    public static LlamaTokenizer open(Path folder) {
        try {
            SmallTokenizer.write(Files.createDirectories(folder));
            return LlamaTokenizer.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
