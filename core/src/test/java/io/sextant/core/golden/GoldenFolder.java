package io.sextant.core.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lays a golden set out as a model folder: {@code sextant.json} beside links to the set's own files. */
public final class GoldenFolder {
    private GoldenFolder() {}

    /** The model as the set describes it. */
    public static Path create(GoldenSet set, Path directory) {
        return create(set, directory, Map.of());
    }

    /**
     * The model with some parts exchanged.
     *
     * @param directory empty, exists
     * @param replaced from the name of a part under {@code files} in model.json to a path within the set
     */
    public static Path create(GoldenSet set, Path directory, Map<String, String> replaced) {
        try {
            JsonObject model = set.json("model.json");
            for (Map.Entry<String, JsonElement> part :
                    model.getAsJsonObject("files").entrySet()) {
                String name = part.getValue().getAsString();
                String source = replaced.getOrDefault(part.getKey(), name);
                Files.createSymbolicLink(
                        directory.resolve(name),
                        set.path(source).toAbsolutePath().normalize());
            }
            Files.writeString(directory.resolve("sextant.json"), model.toString());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
