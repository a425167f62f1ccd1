package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run: {@code checkpoints}, and {@code logs} with what each stage wrote down. One process at a time works in it.
 */
public final class RunFolder implements AutoCloseable {
    private static final String CHECKPOINT_NAME = "\\d{6}-.+";
    private static final int KEPT = 2;

    private final Path folder;
    private final @Nullable FileChannel lockFile;

    private RunFolder(Path folder, @Nullable FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Opens a folder, and makes it where it is missing.
     *
     * @throws ConfigurationException if another process works in it, or it cannot be made
     */
    public static RunFolder open(Path folder) {
        try {
            Files.createDirectories(folder.resolve("checkpoints"));
            Files.createDirectories(folder.resolve("logs"));
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new ConfigurationException(
                        "Another process works in the run folder " + folder + "; wait for it, or name another folder.");
            }
            return new RunFolder(folder, channel);
        } catch (IOException e) {
            throw new ConfigurationException("The run folder " + folder + " cannot be used: " + e, e);
        }
    }

    /**
     * Opens a folder to read its checkpoints, which another process may be adding to.
     *
     * @throws ConfigurationException if it is no run's folder
     */
    public static RunFolder openToRead(Path folder) {
        if (!Files.isDirectory(folder.resolve("checkpoints"))) {
            throw new ConfigurationException(folder + " is no run's folder; name one that train --run has made.");
        }
        return new RunFolder(folder, null);
    }

    /** The system frees the lock when the process ends, however it ends. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** A file among the logs. */
    Path log(String name) {
        return folder.resolve("logs").resolve(name);
    }

    /** The newest checkpoint. */
    Optional<Checkpoint> latest() {
        List<Checkpoint> all = checkpoints();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The newest checkpoint of a stage. */
    Optional<Checkpoint> latest(String stage) {
        return checkpoints().stream()
                .filter(checkpoint -> checkpoint.state().stage().equals(stage))
                .reduce((first, second) -> second);
    }

    private List<Checkpoint> checkpoints() {
        try (Stream<Path> children = Files.list(folder.resolve("checkpoints"))) {
            return children.filter(child -> child.getFileName().toString().matches(CHECKPOINT_NAME))
                    .sorted(Comparator.comparing(child -> child.getFileName().toString()))
                    .map(Checkpoint::new)
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException("The run folder " + folder + " cannot be read: " + e, e);
        }
    }

    /** Writes a checkpoint, and deletes those it makes needless: all but the last two of a stage, all but the last of one that is over. */
    void save(RunState state, ModelParts parts, Map<String, Checkpoint.Moments> moments) {
        List<Checkpoint> before = checkpoints();
        int number = before.isEmpty()
                ? 1
                : 1
                        + Integer.parseInt(before.get(before.size() - 1)
                                .folder()
                                .getFileName()
                                .toString()
                                .substring(0, 6));
        String name = String.format(Locale.ROOT, "%06d-%s-%d", number, state.stage(), state.step());
        try {
            new Checkpoint(folder.resolve("checkpoints").resolve(name))
                    .write(state, parts, state.isFinished() ? Map.of() : moments);
            List<Checkpoint> sameStage = checkpoints().stream()
                    .filter(checkpoint -> checkpoint.state().stage().equals(state.stage()))
                    .toList();
            int kept = state.isFinished() ? 1 : KEPT;
            for (Checkpoint needless : sameStage.subList(0, Math.max(0, sameStage.size() - kept))) {
                needless.delete();
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "A checkpoint cannot be written to " + folder + " (" + e + "); make space and start again.", e);
        }
    }

    @Override
    public void close() {
        if (lockFile == null) {
            return;
        }
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new ConfigurationException("The lock of " + folder + " cannot be freed: " + e, e);
        }
    }
}
