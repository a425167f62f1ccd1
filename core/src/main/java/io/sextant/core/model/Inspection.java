package io.sextant.core.model;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.SavedInstead;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.WeightFile;
import io.sextant.core.internal.weights.folder.CheckpointFile;
import io.sextant.core.internal.weights.folder.DecoderFolder;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import io.sextant.core.internal.weights.folder.ImageEncoderFile;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.folder.ModelFolderLayout;
import io.sextant.core.internal.weights.folder.WeightPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One inspection: goes through the parts, and collects findings and problems. Used once, by one thread. */
final class Inspection {
    private static final String IMAGE_ENCODER = "image encoder";
    private static final String CHECKPOINT = "checkpoint";
    private static final String DECODER = "decoder";

    private final Path folder;
    private final boolean verify;
    private final ModelInspector.Progress progress;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, WeightPart> parts = new LinkedHashMap<>();
    private long bytesRead;
    private long bytesTotal;

    Inspection(Path folder, boolean verify, ModelInspector.Progress progress) {
        this.folder = folder;
        this.verify = verify;
        this.progress = progress;
    }

    ModelReport report() {
        Path absolute = folder.toAbsolutePath().normalize();
        Path last = absolute.getFileName();
        Places places = places(last == null ? absolute.toString() : last.toString());
        Optional<DecoderFolder> decoder = places.decoder.flatMap(path -> attempt(() -> DecoderFolder.open(path)));
        Optional<ModelDimensions> dimensions = decoder.flatMap(d -> dimensions(places, d.dimensions()));
        places.imageEncoder.ifPresent(path -> places.vision.ifPresent(
                vision -> add(IMAGE_ENCODER, () -> ImageEncoderFile.inspect(path, vision, places.sizesFrom))));
        places.checkpoint.ifPresent(path -> inspectCheckpoint(path, places, dimensions));
        decoder.ifPresent(d -> add(DECODER, d::inspect));
        if (verify) {
            verify();
        }
        List<ModelReport.Part> reported = new ArrayList<>();
        parts.forEach((role, part) -> reported.add(part(role, part, places)));
        places.decoder.flatMap(path -> tokenizer(path, dimensions)).ifPresent(reported::add);
        if (!problems.isEmpty() && Files.isDirectory(folder)) {
            tellWhatWasSavedInstead();
        }
        return new ModelReport(
                folder,
                places.name,
                places.sizesFrom,
                dimensions,
                reported,
                problems,
                dimensions.map(Inspection::memory).orElse(List.of()),
                verify);
    }

    /** Where the parts lie, as far as that is known. */
    private record Places(
            String name,
            String sizesFrom,
            Optional<VisionDimensions> vision,
            Optional<LoraDimensions> lora,
            Optional<ModelDescription> description,
            Optional<Path> imageEncoder,
            Optional<Path> checkpoint,
            Optional<Path> decoder) {}

    private Places places(String folderName) {
        Optional<ModelDescription> described = attempt(() -> ModelFolderLayout.describe(folder));
        if (described.isPresent()) {
            ModelDescription description = described.get();
            return new Places(
                    description.name(),
                    description.sizesFrom(),
                    Optional.of(description.vision()),
                    Optional.of(description.lora()),
                    described,
                    Optional.of(description.imageEncoder()),
                    Optional.of(description.checkpoint()),
                    Optional.of(description.decoderFolder()));
        }
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(ModelDescription.FILE_NAME))) {
            return new Places(
                    folderName,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        return incomplete(folderName);
    }

    /** A folder by the published names that lacks something: what is there is looked at all the same. */
    private Places incomplete(String folderName) {
        ModelFolderLayout.Candidates candidates = ModelFolderLayout.candidates(folder);
        for (String problem : candidates.problems(folder)) {
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
        return new Places(
                folderName,
                "the published MiniGPT-v2",
                Optional.of(VisionDimensions.published()),
                Optional.of(LoraDimensions.published()),
                Optional.empty(),
                only(candidates.imageEncoders()),
                only(candidates.checkpoints()),
                only(candidates.decoders()));
    }

    private static Optional<Path> only(List<Path> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<ModelDimensions> dimensions(Places places, DecoderDimensions decoder) {
        if (places.description.isPresent()) {
            return attempt(() -> places.description.get().dimensions(decoder));
        }
        return places.vision.flatMap(
                vision -> places.lora.flatMap(lora -> attempt(() -> new ModelDimensions(vision, decoder, lora))));
    }

    private void inspectCheckpoint(Path path, Places places, Optional<ModelDimensions> dimensions) {
        if (dimensions.isPresent()) {
            add(CHECKPOINT, () -> CheckpointFile.inspect(path, dimensions.get(), places.sizesFrom));
        } else {
            problems.add(
                    path + " was not compared with the model, since the decoder's sizes are not known; mend the decoder"
                            + " first.");
        }
    }

    private void add(String role, Supplier<WeightPart> inspect) {
        attempt(inspect).ifPresent(part -> {
            parts.put(role, part);
            problems.addAll(part.problems());
        });
    }

    /** One bad file often keeps others from being looked at. */
    private void tellWhatWasSavedInstead() {
        for (Path file : attempt(() -> ModelFolderLayout.likelyFiles(folder)).orElse(List.of())) {
            if (problems.stream().noneMatch(problem -> problem.startsWith(file + " is "))) {
                SavedInstead.problem(file).ifPresent(problems::add);
            }
        }
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (ModelFilesException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void advanced(Path path, long bytes) {
        bytesRead += bytes;
        progress.advanced(path, bytesRead, Math.max(bytesRead, bytesTotal));
    }

    private void verify() {
        for (WeightPart part : parts.values()) {
            for (StoredTensor tensor : part.used().values()) {
                bytesTotal += tensor.byteCount();
            }
        }
        for (WeightPart part : parts.values()) {
            for (WeightFile file : part.files()) {
                attempt(() -> {
                    part.check(file, this::advanced);
                    return file;
                });
            }
        }
    }

    private ModelReport.Part part(String role, WeightPart part, Places places) {
        List<ModelReport.PartFile> files = new ArrayList<>();
        for (WeightFile file : part.files()) {
            files.add(new ModelReport.PartFile(file.path(), file.format(), file.size()));
        }
        TreeSet<String> types = new TreeSet<>();
        part.used().values().forEach(tensor -> types.add(tensor.type().name()));
        return new ModelReport.Part(
                role,
                part.path(),
                files,
                List.copyOf(types),
                part.used().size(),
                part.ignored(),
                notes(role, part, places));
    }

    private List<String> notes(String role, WeightPart part, Places places) {
        List<String> notes = new ArrayList<>();
        if (role.equals(IMAGE_ENCODER)) {
            StoredTensor positions = part.used().get(ExpectedTensors.POSITION_EMBEDDING);
            if (positions != null && positions.shape().length == 3 && places.vision.isPresent()) {
                long inFile = Math.round(Math.sqrt((double) (positions.shape()[1] - 1)));
                int grid = places.vision.get().grid();
                notes.add(
                        inFile == grid
                                ? "position embedding used as stored"
                                : "position embedding interpolated from " + inFile + "x" + inFile + " to " + grid + "x"
                                        + grid);
            }
        }
        if (role.equals(CHECKPOINT)) {
            notes.add(
                    part.used().containsKey("ln_vision.weight")
                            ? "ln_vision taken from the checkpoint"
                            : "no ln_vision in the checkpoint: weight 1 and bias 0, as in the reference");
            notes.addAll(release(part));
        }
        return notes;
    }

    /** Reads the whole checkpoint only if that may tell something. */
    private List<String> release(WeightPart part) {
        WeightFile file = part.files().get(0);
        if (!verify && !ReleasedCheckpoint.anyHasSize(file.size())) {
            return List.of("none of the released checkpoints whose size is known");
        }
        bytesTotal += file.size();
        return attempt(() -> Digests.sha256Hex(file.path(), this::advanced))
                .map(digest -> List.of(
                        "SHA-256 " + digest,
                        ReleasedCheckpoint.ofDigest(digest)
                                .map(known -> "is " + known.title())
                                .orElse("none of the released checkpoints whose digest is known")))
                .orElse(List.of());
    }

    private Optional<ModelReport.Part> tokenizer(Path decoderFolder, Optional<ModelDimensions> dimensions) {
        Path file = decoderFolder.resolve("tokenizer.json");
        return attempt(() -> LlamaTokenizer.open(decoderFolder)).map(tokenizer -> {
            int size = tokenizer.vocabularySize();
            if (dimensions.isPresent() && size > dimensions.get().decoder().vocabulary()) {
                problems.add(file + " has " + size + " entries, more than the decoder's vocabulary of "
                        + dimensions.get().decoder().vocabulary() + "; use the tokenizer that belongs to the decoder.");
            }
            return new ModelReport.Part(
                    "tokenizer",
                    file,
                    List.of(new ModelReport.PartFile(file, "JSON", sizeOf(file))),
                    List.of(),
                    0,
                    List.of(),
                    List.of(size + " entries"));
        });
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ModelFilesException(
                    file + " cannot be read (" + e + "); check that it may be read by this user.", e);
        }
    }

    private static List<ModelReport.Memory> memory(ModelDimensions dimensions) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision != Precision.AUTO)
                .map(precision -> new ModelReport.Memory(
                        precision,
                        MemoryNeed.weightBytes(dimensions, precision),
                        MemoryNeed.contextBytes(dimensions, precision),
                        MemoryNeed.int8CopyBytes(dimensions, precision)))
                .toList();
    }
}
