package io.sextant.core.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTrialTest {
    private static final Map<String, String> SUBJECT = Map.of("processor", "an  EPYC\n=1", "trial", "1");
    private static final TrialResult RESULT =
            new TrialResult(new Candidate(ElementType.BFLOAT16, 3), "float32 took 5 ms, bfloat16 took 3 ms");

    @TempDir
    private Path folder;

    private final AtomicInteger trials = new AtomicInteger();

    @Test
    void triesOnce() throws IOException {
        KeptTrial kept = new KeptTrial(folder.resolve("new/folder"), SUBJECT);

        assertThat(kept.find()).isEmpty();
        assertThat(kept.findOrKeep(this::tried)).isEqualTo(RESULT);
        assertThat(kept.findOrKeep(this::tried)).isEqualTo(RESULT);
        assertThat(new KeptTrial(folder.resolve("new/folder"), SUBJECT).find()).contains(RESULT);
        assertThat(trials).hasValue(1);
    }

    @Test
    void anotherProcessorHasItsOwn() throws IOException {
        new KeptTrial(folder, SUBJECT).findOrKeep(this::tried);

        assertThat(new KeptTrial(folder, Map.of("processor", "a Xeon", "trial", "1")).find())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "changed", "empty", "foreign", "huge", "binary"})
    void aDamagedFileIsMadeAnew(String damage) throws IOException {
        KeptTrial kept = new KeptTrial(folder, SUBJECT);
        kept.findOrKeep(this::tried);
        String text = Files.readString(kept.file());
        switch (damage) {
            case "cut" -> Files.writeString(kept.file(), text.substring(0, text.length() / 2));
            case "changed" -> Files.writeString(kept.file(), text.replace("threads=3", "threads=9"));
            case "empty" -> Files.writeString(kept.file(), "");
            case "foreign" -> Files.writeString(kept.file(), "{\"this\": \"is another program's\"}\n");
            case "huge" -> Files.writeString(kept.file(), text.repeat(1 << 12));
            default -> Files.write(kept.file(), new byte[] {-1, 0, -2, 10, 61});
        }

        assertThat(kept.find()).isEmpty();
        assertThat(kept.findOrKeep(this::tried)).isEqualTo(RESULT);
        assertThat(trials).hasValue(2);
        assertThat(kept.file()).hasContent(text);
    }

    /** Somebody renamed it. */
    @Test
    void aFileAboutSomethingElseIsMadeAnew() throws IOException {
        KeptTrial other = new KeptTrial(folder, Map.of("processor", "a Xeon", "trial", "1"));
        other.findOrKeep(this::tried);
        KeptTrial kept = new KeptTrial(folder, SUBJECT);
        Files.move(other.file(), kept.file(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(kept.find()).isEmpty();
    }

    @Test
    void saysWhereNothingCanBeKept() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new KeptTrial(file, SUBJECT).findOrKeep(this::tried))
                .isInstanceOf(IOException.class);
        assertThat(trials).hasValue(0);
    }

    @Test
    void aFolderInThePlaceOfTheFileKeepsNothing() throws IOException {
        KeptTrial kept = new KeptTrial(folder, SUBJECT);
        Files.createDirectories(kept.file().resolve("full"));

        assertThat(kept.find()).isEmpty();
        assertThatThrownBy(() -> kept.findOrKeep(this::tried)).isInstanceOf(IOException.class);
    }

    @Test
    void whoComesMeanwhileTakesWhatTheFirstFound() {
        List<CompletableFuture<TrialResult>> starts = new ArrayList<>();
        IntStream.range(0, 8)
                .forEach(i -> starts.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return new KeptTrial(folder, SUBJECT).findOrKeep(this::tried);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })));

        assertThat(starts).allSatisfy(start -> assertThat(start.join()).isEqualTo(RESULT));
        assertThat(trials).hasValue(1);
    }

    private TrialResult tried() {
        trials.incrementAndGet();
        return RESULT;
    }
}
