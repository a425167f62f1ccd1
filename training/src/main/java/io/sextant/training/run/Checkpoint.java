package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.WritableTensor;
import io.sextant.core.internal.weights.safetensors.SafetensorsFile;
import io.sextant.core.internal.weights.safetensors.SafetensorsWriter;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.stage.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One checkpoint: a folder with the tensors of all trained parts, the optimiser's memory, and the state of the run.
 *
 * <p>It is written under another name, forced to the disk and then renamed, so that a folder with its proper name is whole.
 *
 * @param folder it lies in
 */
record Checkpoint(Path folder) {
    /** What is being written or deleted, and what was when a process died. */
    private static final String UNFINISHED = "unfinished";

    private static final String MODEL = "model.safetensors";
    private static final String OPTIMISER = "optimiser.safetensors";
    private static final String STATE = "state.json";
    private static final String MEAN = "mean/";
    private static final String SQUARE = "square/";

    /**
     * What an optimiser remembers of a parameter's gradients.
     *
     * @param mean of the gradients
     * @param square mean of their squares
     */
    record Moments(NamedTensor mean, NamedTensor square) {}

    RunState state() {
        try {
            return RunState.parse(Files.readString(folder.resolve(STATE)));
        } catch (IOException | ModelFilesException | IllegalStateException | NullPointerException e) {
            throw unreadable(e);
        }
    }

    /** The parts that had been trained. */
    Map<Part, List<NamedTensor>> parts() {
        Map<Part, List<NamedTensor>> parts = new EnumMap<>(Part.class);
        SafetensorsFile.open(folder.resolve(MODEL)).tensors().forEach((key, tensor) -> {
            int slash = key.indexOf('/');
            Part part = Arrays.stream(Part.values())
                    .filter(candidate -> candidate.word().equals(key.substring(0, slash)))
                    .findFirst()
                    .orElseThrow(() -> unreadable(new IOException("unknown part in " + key)));
            parts.computeIfAbsent(part, none -> new ArrayList<>())
                    .add(NamedTensor.read(key.substring(slash + 1), tensor));
        });
        return parts;
    }

    /** By parameter; empty for a stage that is over. */
    Map<String, Moments> moments() {
        Path file = folder.resolve(OPTIMISER);
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<String, StoredTensor> tensors = SafetensorsFile.open(file).tensors();
        Map<String, Moments> moments = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            if (key.startsWith(MEAN)) {
                String name = key.substring(MEAN.length());
                StoredTensor square = Optional.ofNullable(tensors.get(SQUARE + name))
                        .orElseThrow(() -> unreadable(new IOException(SQUARE + name + " is missing")));
                moments.put(name, new Moments(NamedTensor.read(name, tensor), NamedTensor.read(name, square)));
            }
        });
        return moments;
    }

    /** Writes a checkpoint under its own folder's name. */
    void write(RunState state, ModelParts parts, Map<String, Moments> moments) throws IOException {
        Path unfinished = folder.resolveSibling(UNFINISHED);
        deleteFiles(unfinished);
        Files.createDirectories(unfinished);
        List<WritableTensor> tensors = new ArrayList<>();
        for (Part part : parts.trained()) {
            parts.of(part).forEach(tensor -> tensors.add(writable(part.word() + "/", tensor)));
        }
        SafetensorsWriter.write(unfinished.resolve(MODEL), tensors);
        force(unfinished.resolve(MODEL));
        if (!moments.isEmpty()) {
            List<WritableTensor> remembered = new ArrayList<>();
            moments.values().forEach(moment -> remembered.add(writable(MEAN, moment.mean())));
            moments.values().forEach(moment -> remembered.add(writable(SQUARE, moment.square())));
            SafetensorsWriter.write(unfinished.resolve(OPTIMISER), remembered);
            force(unfinished.resolve(OPTIMISER));
        }
        Files.writeString(unfinished.resolve(STATE), state.toJson());
        force(unfinished.resolve(STATE));
        Files.move(unfinished, folder);
    }

    /** Deletes a checkpoint, which loses its name first: one that is half deleted is no checkpoint. */
    void delete() throws IOException {
        Path unfinished = folder.resolveSibling(UNFINISHED);
        deleteFiles(unfinished);
        Files.move(folder, unfinished);
        deleteFiles(unfinished);
    }

    private static void deleteFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var children = Files.list(folder)) {
            for (Path child : children.toList()) {
                Files.delete(child);
            }
        }
        Files.delete(folder);
    }

    private static WritableTensor writable(String prefix, NamedTensor tensor) {
        return WritableTensor.of(
                prefix + tensor.name(),
                ElementType.FLOAT32,
                Arrays.stream(tensor.shape()).boxed().toList(),
                TensorValues.of(tensor.values()));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private ConfigurationException unreadable(Exception cause) {
        return new ConfigurationException(
                "The checkpoint " + folder + " cannot be read (" + cause + "); delete it to go on from the one before.",
                cause);
    }
}
