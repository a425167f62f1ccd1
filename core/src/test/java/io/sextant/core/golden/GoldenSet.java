package io.sextant.core.golden;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.internal.device.ComputeDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of reference numbers: system property {@code sextant.golden}, relative paths seen from the top folder of the
 * project; by default {@code core/src/test/golden}, which is part of the project. Its MANIFEST.md says what is in it.
 */
public final class GoldenSet {
    private final Path root;

    private GoldenSet(Path root) {
        this.root = root;
    }

    /**
     * The set of the property.
     *
     * @throws AssertionError naming the folder, if there is no set in it
     */
    public static GoldenSet open() {
        Path top = Path.of(System.getProperty("sextant.top", ".."));
        return open(top.resolve(System.getProperty("sextant.golden", "core/src/test/golden"))
                .normalize());
    }

    static GoldenSet open(Path root) {
        if (!Files.isRegularFile(root.resolve("model.json"))) {
            throw new AssertionError("There is no golden set in " + root
                    + ": it has no model.json. Restore the folder, or name another with -Dsextant.golden=FOLDER.");
        }
        return new GoldenSet(root);
    }

    /** Where the tests compute: system property {@code sextant.golden.device}, by default the CPU. */
    public ComputeDevice device() {
        return ComputeDevice.of("sextant.golden.device", System.getProperty("sextant.golden.device", "cpu"));
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
