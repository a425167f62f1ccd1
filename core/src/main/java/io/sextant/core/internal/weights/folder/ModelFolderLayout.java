package io.sextant.core.internal.weights.folder;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.FileBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the parts of a model folder: by its {@code sextant.json}, or else by the published file names. */
public final class ModelFolderLayout {
    static final String IMAGE_ENCODER = "eva_vit_g.pth";
    static final String CHECKPOINT = "minigptv2_checkpoint.pth";
    private static final String DECODER_WORDS =
            "a Llama folder (config.json and weights), for instance llama-2-7b-chat-hf";

    private static final Pattern LIKELY =
            Pattern.compile(".*\\.(pth|pt|bin|safetensors|index\\.json)|(sextant|config|tokenizer)\\.json");

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
                    + " does not exist or is no folder; name the folder that holds the weight files.");
        }
        Path description = folder.resolve(ModelDescription.FILE_NAME);
        if (Files.exists(description)) {
            return ModelDescription.read(description);
        }
        Candidates candidates = candidates(folder);
        if (candidates.imageEncoders().isEmpty() && candidates.checkpoints().isEmpty()) {
            throw new ModelFilesException("Model folder " + folder + " has neither " + ModelDescription.FILE_NAME
                    + " nor the published file names (" + IMAGE_ENCODER + ", " + CHECKPOINT
                    + ", a Llama folder); name the folder that holds the weight files.");
        }
        return ModelDescription.published(
                folder,
                only(folder, candidates.decoders(), DECODER_WORDS),
                only(folder, candidates.imageEncoders(), IMAGE_ENCODER),
                only(folder, candidates.checkpoints(), CHECKPOINT));
    }

    /**
     * What a folder without {@code sextant.json} holds.
     *
     * @param imageEncoders {@code eva_vit_g.pth}, if it is there
     * @param checkpoints files that may be the checkpoint
     * @param decoders folders that may be the decoder
     */
    public record Candidates(List<Path> imageEncoders, List<Path> checkpoints, List<Path> decoders) {
        public Candidates {
            imageEncoders = List.copyOf(imageEncoders);
            checkpoints = List.copyOf(checkpoints);
            decoders = List.copyOf(decoders);
        }

        /** One sentence for each part that is not there exactly once. */
        public List<String> problems(Path folder) {
            List<String> problems = new ArrayList<>();
            List.of(
                            problem(folder, imageEncoders, IMAGE_ENCODER),
                            problem(folder, checkpoints, CHECKPOINT),
                            problem(folder, decoders, DECODER_WORDS))
                    .forEach(problem -> problem.ifPresent(problems::add));
            return problems;
        }
    }

    /** Looks for the published file names. */
    public static Candidates candidates(Path folder) {
        Path imageEncoder = folder.resolve(IMAGE_ENCODER);
        return new Candidates(
                Files.exists(imageEncoder) ? List.of(imageEncoder) : List.of(), checkpoints(folder), decoders(folder));
    }

    /** Files of a folder, and of the folders in it, that may be a model's by their names. */
    public static List<Path> likelyFiles(Path folder) {
        List<Path> found = new ArrayList<>();
        for (Path path : children(folder)) {
            (Files.isDirectory(path) ? children(path) : List.of(path))
                    .stream()
                            .filter(file -> Files.isRegularFile(file)
                                    && LIKELY.matcher(file.getFileName().toString())
                                            .matches())
                            .forEach(found::add);
        }
        return found;
    }

    private static Path only(Path folder, List<Path> found, String what) {
        problem(folder, found, what).ifPresent(text -> {
            throw new ModelFilesException(text);
        });
        return found.get(0);
    }

    private static Optional<String> problem(Path folder, List<Path> found, String what) {
        if (found.size() == 1) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return Optional.of("Model folder " + folder + " lacks " + what + "; fetch it into the folder.");
        }
        List<Path> names = found.stream().map(Path::getFileName).toList();
        return Optional.of("Model folder " + folder + " has several candidates for " + what + ": " + names
                + "; write a " + ModelDescription.FILE_NAME + " that names one.");
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
