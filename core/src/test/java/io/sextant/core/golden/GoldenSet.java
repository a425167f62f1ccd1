package io.sextant.core.golden;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of reference numbers: system property {@code sextant.golden}, relative paths seen from the top folder of the
 * project; by default {@code ../shared/golden}. Where it is absent, the calling test is skipped with a reason.
 */
public final class GoldenSet {
    private final Path root;

    private GoldenSet(Path root) {
        this.root = root;
    }

    /** The set, or a skipped test. */
    public static GoldenSet orSkip() {
        Path top = Path.of(System.getProperty("sextant.top", ".."));
        Path root = top.resolve(System.getProperty("sextant.golden", "../shared/golden"))
                .normalize();
        Assumptions.assumeTrue(
                Files.isRegularFile(root.resolve("model.json")),
                () -> "No golden data in " + root + "; name the folder with -Dsextant.golden=FOLDER");
        return new GoldenSet(root);
    }

    /** A file or folder of the set, by its path within the set. */
    public Path path(String relative) {
        return root.resolve(relative);
    }

    /** A JSON file of the set. */
    public JsonObject json(String relative) {
        try {
            return JsonParser.parseString(Files.readString(path(relative))).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A safetensors file of the set, all tensors read. */
    public GoldenTensors tensors(String relative) {
        return GoldenTensors.read(path(relative));
    }
}
