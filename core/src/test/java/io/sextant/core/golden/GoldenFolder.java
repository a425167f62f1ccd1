package io.sextant.core.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lays a golden set out as a model folder: {@code sextant.json} beside copies of the set's own files. */
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
                copy(set.path(source), directory.resolve(name));
            }
            Files.writeString(directory.resolve("sextant.json"), model.toString());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.copy(source, target);
        if (Files.isDirectory(source)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(source)) {
                for (Path child : children) {
                    copy(child, target.resolve(child.getFileName().toString()));
                }
            }
        }
    }
}
