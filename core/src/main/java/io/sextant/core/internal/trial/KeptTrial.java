package io.sextant.core.internal.trial;

import io.sextant.core.file.AtomicFile;
import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps what a trial came to: lines {@code name=value} of what it was about and what was chosen, and the digest of these. One
 * folder may have the files of many kinds of machines. One process at a time tries; others wait for it and take what it found.
 */
final class KeptTrial {
    private static final Logger LOGGER = LoggerFactory.getLogger(KeptTrial.class);
    private static final String TYPE = "chosen.type";
    private static final String THREADS = "chosen.threads";
    private static final String REASON = "chosen.reason";
    private static final String DIGEST = "sha256=";
    private static final long MOST_BYTES = 1 << 16;

    private final Path folder;
    private final SortedMap<String, String> subject;

    /**
     * @param folder made when it is needed
     * @param subject what the trial is about, by name: another subject has a file of its own
     */
    KeptTrial(Path folder, Map<String, String> subject) {
        this.folder = folder;
        this.subject = new TreeMap<>();
        subject.forEach((name, value) -> this.subject.put(name, value.replaceAll("\\s+", " ")));
    }

    /** Where it is kept. */
    Path file() {
        return folder.resolve("trial-" + digest(text(subject)).substring(0, 32) + ".txt");
    }

    /** What is kept; empty if nothing is, or if it is damaged or about something else, which is logged. */
    Optional<TrialResult> find() {
        Path file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Optional<TrialResult> kept = Files.size(file) > MOST_BYTES
                    ? Optional.empty()
                    : read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (kept.isEmpty()) {
                LOGGER.atWarn().addKeyValue("file", file).log("what a trial chose is kept in a damaged file");
            }
            return kept;
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.toString())
                    .log("what a trial chose cannot be read");
            return Optional.empty();
        }
    }

    /**
     * What is kept, else a new result, which is kept from now on.
     *
     * @throws IOException if nothing can be kept; a result that was found meanwhile is dropped
     */
    TrialResult findOrKeep(Supplier<TrialResult> trial) throws IOException {
        synchronized (KeptTrial.class) { // a lock of a file is the whole process's
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    folder.resolve("trial.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                Optional<TrialResult> found = find();
                if (found.isPresent()) {
                    return found.get();
                }
                TrialResult fresh = trial.get();
                AtomicFile.write(file(), text(fresh).getBytes(StandardCharsets.UTF_8));
                return fresh;
            } catch (OverlappingFileLockException e) {
                throw new IOException("another part of this process holds " + folder.resolve("trial.lock"), e);
            }
        }
    }

    private String text(TrialResult result) {
        SortedMap<String, String> lines = new TreeMap<>(subject);
        lines.put(TYPE, result.chosen().type().name());
        lines.put(THREADS, String.valueOf(result.chosen().threads()));
        lines.put(REASON, result.reason());
        String text = text(lines);
        return text + DIGEST + digest(text) + "\n";
    }

    /** Empty if a byte of it is another than was written, or if it is about something else. */
    private Optional<TrialResult> read(String text) {
        int end = text.lastIndexOf(DIGEST);
        if (end < 0 || !text.substring(end).equals(DIGEST + digest(text.substring(0, end)) + "\n")) {
            return Optional.empty();
        }
        Map<String, String> lines = new HashMap<>();
        text.substring(0, end).lines().map(line -> line.split("=", 2)).forEach(parts -> lines.put(parts[0], parts[1]));
        if (!lines.entrySet().containsAll(subject.entrySet())) {
            return Optional.empty();
        }
        Candidate chosen =
                new Candidate(ElementType.valueOf(written(lines, TYPE)), Integer.parseInt(written(lines, THREADS)));
        return Optional.of(new TrialResult(chosen, written(lines, REASON)));
    }

    private static String written(Map<String, String> lines, String name) {
        return Objects.requireNonNull(lines.get(name), "the digest says that nothing is missing");
    }

    private static String text(SortedMap<String, String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static String digest(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
