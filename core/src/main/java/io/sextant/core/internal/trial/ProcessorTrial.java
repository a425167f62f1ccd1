package io.sextant.core.internal.trial;

import io.sextant.core.internal.device.ComputeThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this machine's processor computes fastest in, as a trial in some process found, once. */
public final class ProcessorTrial {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProcessorTrial.class);

    /** Of what is tried and how it is judged: what an earlier one chose does not count. */
    private static final String VERSION = "1";

    /** Variables that tell libtorch and its libraries which instructions and threads to use. */
    private static final List<String> VARIABLES = List.of(
            "ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA", "OMP_NUM_THREADS", "MKL_NUM_THREADS");

    private final Candidate suggested;
    private final List<Integer> threads;
    private final KeptTrial kept;

    /**
     * @param processor that computes
     * @param folder that the result is kept in
     * @param environment the process's variables
     */
    public ProcessorTrial(Processor processor, Path folder, Map<String, String> environment) {
        int own = ComputeThreads.ofLibrary();
        suggested = new Candidate(processor.suggestedType(), own);
        threads = threads(processor, own, Runtime.getRuntime().availableProcessors(), environment);
        Map<String, String> subject = new TreeMap<>();
        subject.put("trial", VERSION);
        subject.put("libtorch", ComputeThreads.libraryVersion());
        subject.put("processor", processor.name());
        subject.put("processor.flags", processor.flags());
        subject.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        subject.put("threads", own + " " + threads);
        VARIABLES.forEach(name -> subject.put(name, environment.getOrDefault(name, "")));
        kept = new KeptTrial(folder, subject);
    }

    /** What was found before; nothing is tried. */
    public Optional<TrialResult> find() {
        return kept.find();
    }

    /**
     * What was found before, else what is found now, which takes a second and is kept.
     *
     * @throws IOException if nothing can be kept
     */
    public TrialResult findOrTry() throws IOException {
        return kept.findOrKeep(this::run);
    }

    private TrialResult run() {
        long start = System.nanoTime();
        try (ProductProgram products = new ProductProgram()) {
            TrialResult result = new Trial(products::time, System::nanoTime).run(suggested, threads);
            LOGGER.atInfo()
                    .addKeyValue("file", kept.file())
                    .addKeyValue("durationMs", (System.nanoTime() - start) / 1_000_000)
                    .log("tried what this processor computes fastest in: {}", result.chosen());
            return result;
        }
    }

    /**
     * Numbers of threads that may be better than libtorch's own: one for each core, and no more than a container may use at once, which
     * libtorch does not ask. None where they were set.
     */
    static List<Integer> threads(Processor processor, int own, int available, Map<String, String> environment) {
        if (environment.containsKey("OMP_NUM_THREADS") || environment.containsKey("MKL_NUM_THREADS")) {
            return List.of();
        }
        int cores = Math.max(1, own / processor.threadsPerCore());
        return Stream.of(available, cores, Math.min(available, cores))
                .filter(count -> count < own)
                .distinct()
                .toList();
    }
}
