package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.InParallel;
import io.sextant.core.internal.weights.StoredTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rounded weights of a program, brought into it: mapped from the folder that keeps them, or made anew, several at a time.
 *
 * @param weights in the order of the files
 */
public record RoundedWeights(List<QuantizedWeight> weights) {
    /** Weights that are made in a second or two are not worth a place on disk, in bytes. */
    private static final long WORTH_KEEPING = 256L << 20;

    public RoundedWeights {
        weights = List.copyOf(weights);
    }

    /**
     * Brings them into a program.
     *
     * @param part of the model that they belong to, for instance {@code decoder}
     * @param kind what most of them are kept as
     * @param model tells the model, and what was done to its weights, from others
     * @param cache where they are kept from one start to the next
     * @param progress gets a few words before each long step
     */
    public void load(
            DeviceProgram program,
            String part,
            WeightKind kind,
            String model,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        long total = weights.stream().mapToLong(QuantizedWeight::size).sum();
        ByteProgress bytes = new ByteProgress("reducing the " + part + " to " + lower(kind), total, progress);
        Optional<Map<String, StoredTensor>> kept = cache.filter(any -> total >= WORTH_KEEPING)
                .flatMap(folders -> folders.of(
                        key(kind, model), weights.stream().map(bytes::told).toList(), threads()));
        if (kept.isPresent()) {
            map(program, kept.get());
        } else {
            inParallel(weight -> {
                weight.open(program, weight.bytes());
                bytes.done(weight.size());
            });
        }
    }

    private void map(DeviceProgram program, Map<String, StoredTensor> kept) {
        List<StoredTensor> tensors = new ArrayList<>();
        for (QuantizedWeight weight : weights) {
            tensors.addAll(weight.tensors(Objects.requireNonNull(kept.get(weight.name()), "checked by the cache")));
        }
        program.mapAsTheyAre(tensors);
        weights.forEach(weight -> weight.open(program));
    }

    private void inParallel(Consumer<QuantizedWeight> open) {
        List<InParallel.Work> work = new ArrayList<>();
        weights.forEach(weight -> work.add(() -> open.accept(weight)));
        try {
            InParallel.run(work, threads());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Kind and version of the bytes, and a digest of all that they come from. */
    private String key(WeightKind kind, String model) {
        Collection<StoredTensor> sources =
                weights.stream().map(weight -> weight.rows().stored()).toList();
        String roundings = weights.stream()
                .map(weight -> weight.rounding().name())
                .distinct()
                .toList()
                .toString();
        return lower(kind) + "-v" + Rounding.VERSION + "-"
                + SourceDigest.of(model + " " + roundings, sources).substring(0, 32);
    }

    private static String lower(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
