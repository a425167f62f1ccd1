package io.sextant.core.internal.weights;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the parts of a model folder: by its {@code sextant.json}, or else by the published file names. */
public final class ModelFolderLayout {
    static final String IMAGE_ENCODER = "eva_vit_g.pth";
    static final String CHECKPOINT = "minigptv2_checkpoint.pth";

    private ModelFolderLayout() {}

    /**
     * Says where the parts lie.
     *
     * <p>Without {@code sextant.json}: {@code eva_vit_g.pth}; {@code minigptv2_checkpoint.pth}, or the only other
     * {@code .pth} (stage-2 and stage-3 files are published under several names); and the Llama folder, which is the folder
     * itself or the only folder in it with a {@code config.json}.
     *
     * @throws ModelFilesException naming what is missing or ambiguous
     */
    public static ModelDescription describe(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelFilesException("Model folder " + folder
                    + " does not exist or is no folder; point sextant.model.path at the folder that"
                    + " holds the weight files.");
        }
        Path description = folder.resolve(ModelDescription.FILE_NAME);
        if (Files.exists(description)) {
            return ModelDescription.read(description);
        }
        Path imageEncoder = folder.resolve(IMAGE_ENCODER);
        List<Path> checkpoints = checkpoints(folder);
        List<Path> decoders = decoders(folder);
        if (!Files.exists(imageEncoder) && checkpoints.isEmpty()) {
            throw new ModelFilesException("Model folder " + folder + " has neither " + ModelDescription.FILE_NAME
                    + " nor the published file names (" + IMAGE_ENCODER + ", " + CHECKPOINT
                    + ", a Llama folder); point sextant.model.path at the folder that holds the weight files.");
        }
        if (!Files.exists(imageEncoder)) {
            throw new ModelFilesException(
                    "Model folder " + folder + " lacks " + IMAGE_ENCODER + "; fetch it into the folder.");
        }
        return ModelDescription.published(
                folder,
                only(folder, decoders, "a Llama folder (config.json and weights), for instance llama-2-7b-chat-hf"),
                imageEncoder,
                only(folder, checkpoints, CHECKPOINT));
    }

    private static Path only(Path folder, List<Path> found, String what) {
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new ModelFilesException("Model folder " + folder
                + (found.isEmpty()
                        ? " lacks " + what + "; fetch it into the folder."
                        : " has several candidates for " + what + ": "
                                + found.stream()
                                        .map(p -> p.getFileName().toString())
                                        .toList() + "; write a "
                                + ModelDescription.FILE_NAME + " that names one."));
    }

    private static List<Path> checkpoints(Path folder) {
        Path published = folder.resolve(CHECKPOINT);
        if (Files.exists(published)) {
            return List.of(published);
        }
        List<Path> found = new ArrayList<>();
        for (Path path : children(folder)) {
            String name = path.getFileName().toString();
            if (name.endsWith(".pth") && !name.equals(IMAGE_ENCODER)) {
                found.add(path);
            }
        }
        return found;
    }

    private static List<Path> decoders(Path folder) {
        if (Files.exists(folder.resolve("config.json"))) {
            return List.of(folder);
        }
        List<Path> found = new ArrayList<>();
        for (Path path : children(folder)) {
            if (Files.isRegularFile(path.resolve("config.json"))) {
                found.add(path);
            }
        }
        return found;
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw FileBytes.unreadable(folder, e);
        }
    }
}
