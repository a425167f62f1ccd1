package io.sextant.core.model;

import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.ComputeThreads;
import io.sextant.core.internal.language.AdapterUse;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.quantization.WeightCache;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.schedule.SharedModel;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Opens a model folder as the one model an application shares. */
public final class ModelLoader {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelLoader.class);

    private static final long USUAL_CACHE_BYTES = 256L << 20;
    private static final long USUAL_POSITIONS = 2048;

    private ModelLoader() {}

    /**
     * Checks the files, maps the weights and readies the device programs.
     *
     * @throws io.sextant.core.error.ModelFilesException if a file is missing or cannot be used; names file and key
     * @throws io.sextant.core.error.ConfigurationException if the device is not there, or cannot compute in the precision
     * @throws io.sextant.core.error.ResourceExhaustedException if the weights do not fit the memory
     */
    public static VisionLanguageModel load(ModelSettings settings) {
        return load(settings, step -> {});
    }

    /**
     * Begins to load the engine, libtorch, in the background, for a program that loads a model in a moment and has other things to do first.
     * What stands against the engine is told by {@link #load}.
     */
    public static void prepareEarly() {
        ComputeDevice.prepareEarly();
    }

    /**
     * Lets the end of the process wait until what models compute just then is over, for a minute at most, and lets them begin nothing more. For a program that is
     * ended by a signal with its models open, such as a command in a terminal: a step that libtorch is in the middle of would else crash the process. An application
     * that closes its models when it is stopped needs it not, and must not call it: steps of answers it still waits for would never begin.
     */
    public static void awaitStepsAtExit() {
        ComputeDevice.awaitAtExit();
    }

    /**
     * As {@link #load(ModelSettings)}, saying what is being done.
     *
     * @param progress gets a few words before each long step, on a thread of the loader
     */
    public static VisionLanguageModel load(ModelSettings settings, Consumer<String> progress) {
        prepareEarly();
        return ComputeThreads.computeApart(() -> loadHere(settings, progress));
    }

    private static VisionLanguageModel loadHere(ModelSettings settings, Consumer<String> progress) {
        long start = System.nanoTime();
        progress.accept("checking the files of " + settings.folder());
        ModelFolder folder = ModelFolder.open(settings.folder());
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        requireFit(tokenizer, folder);
        List<ComputeDevice> devices = ComputeDevice.listOf("sextant.model.device", settings.device());
        devices.forEach(device -> requirePossible(settings.precision(), device));
        ComputeChoice compute = ComputeChoice.of(settings, folder.dimensions(), devices);
        int threads = decideThreads(settings, compute);
        Precision chosen = MemoryBudget.choose(settings.precision(), folder.dimensions(), devices, compute.type());
        devices.forEach(device -> requirePossible(chosen, device));
        if (settings.precision() == Precision.AUTO) {
            LOGGER.atInfo()
                    .addKeyValue("precision", lower(chosen))
                    .addKeyValue("weightBytes", MemoryNeed.weightBytes(folder.dimensions(), chosen))
                    .log("auto chose the precision: {}", MemoryBudget.reason(chosen, folder.dimensions()));
        }
        tell(compute, threads, chosen, folder.dimensions());
        ElementType precision = computeType(chosen, compute);
        boolean hasInt8Copy = hasInt8Copy(settings, folder, chosen, devices.size());
        List<SharedModel.Weights> replicas = new ArrayList<>();
        try {
            for (ComputeDevice device : devices) {
                replicas.add(weights(folder, device, chosen, precision, hasInt8Copy, settings, progress));
            }
            String names = devices.stream().map(ComputeDevice::name).collect(Collectors.joining(","));
            ModelInfo info = info(folder, names, name(chosen, precision));
            LOGGER.atInfo()
                    .addKeyValue("model", info.name())
                    .addKeyValue("device", info.device())
                    .addKeyValue("precision", info.precision())
                    .addKeyValue("durationMs", (System.nanoTime() - start) / 1_000_000)
                    .log("model loaded");
            return new SharedModel(
                    info,
                    tokenizer,
                    new PromptEncoder(tokenizer, PromptStyle.REFERENCE, settings.taskIdentifiers()),
                    replicas,
                    cacheBytes(settings, replicas.get(0).decoder().bytesPerPosition()),
                    settings.queueCapacity(),
                    settings.maxSequences());
        } catch (RuntimeException e) {
            replicas.forEach(SharedModel.Weights::close);
            throw e;
        }
    }

    private static SharedModel.Weights weights(
            ModelFolder folder,
            ComputeDevice device,
            Precision chosen,
            ElementType precision,
            boolean hasInt8Copy,
            ModelSettings settings,
            Consumer<String> progress) {
        Optional<WeightCache> cache =
                settings.weightCache().map(kept -> new WeightCache(kept, settings.weightCacheBytes()));
        progress.accept("loading the image encoder");
        ImageEncoder encoder = ImageEncoder.load(folder, device, precision, chosen.kind(), cache, progress);
        try {
            progress.accept("loading the decoder");
            LanguageDecoder decoder = LanguageDecoder.load(
                    folder,
                    device,
                    precision,
                    chosen.kind(),
                    hasInt8Copy,
                    settings.mergeLora() ? AdapterUse.MERGED : AdapterUse.APPLIED,
                    cache,
                    progress);
            return new SharedModel.Weights(encoder, decoder);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** Decided once for all replicas, before any of them takes memory. */
    private static boolean hasInt8Copy(ModelSettings settings, ModelFolder folder, Precision chosen, int replicas) {
        Int8CopyChoice choice = Int8CopyChoice.of(
                settings.int8Copy(),
                folder.dimensions(),
                chosen,
                replicas,
                () -> new AvailableMemory(Path.of("/")).bytes());
        if (chosen.kind() == WeightKind.INT4) {
            LOGGER.atInfo()
                    .addKeyValue("int8Copy", choice.hasCopy())
                    .log(
                            "chose whether int4 weights are kept as int8 too, for faster prompts and several answers at once: {}",
                            choice.reason());
        }
        return choice.hasCopy();
    }

    /** Memory for keys and values, chosen where the settings leave it open. */
    static long cacheBytes(ModelSettings settings, long bytesPerPosition) {
        return settings.cacheBytes() > 0
                ? settings.cacheBytes()
                : Math.max(USUAL_CACHE_BYTES, USUAL_POSITIONS * bytesPerPosition);
    }

    /** An id beyond the vocabulary would fail in the middle of an answer. */
    private static void requireFit(LlamaTokenizer tokenizer, ModelFolder folder) {
        int vocabulary = folder.dimensions().decoder().vocabulary();
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new ModelFilesException("The tokenizer in " + folder.tokenizerFolder() + " has "
                    + tokenizer.vocabularySize() + " entries, more than the decoder's vocabulary of " + vocabulary
                    + "; use the tokenizer that belongs to the decoder.");
        }
    }

    private static ModelInfo info(ModelFolder folder, String device, String precision) {
        ModelDimensions dimensions = folder.dimensions();
        return ModelInfo.builder(folder.name(), folder.fingerprint())
                .imageSize(dimensions.vision().imageSize())
                .visualTokens(dimensions.vision().visualTokens())
                .contextLength(dimensions.decoder().contextLength())
                .device(device)
                .precision(precision)
                .build();
    }

    private static void requirePossible(Precision chosen, ComputeDevice device) {
        if (chosen.kind() != WeightKind.AS_IS && !device.equals(ComputeDevice.CPU)) {
            throw new ConfigurationException("sextant.model.precision=" + lower(chosen)
                    + " is computed on a CPU only, and sextant.model.device is " + device.name()
                    + "; use float16 or bfloat16 there, or the device cpu.");
        }
    }

    /** @return what the process computes in from now on */
    private static int decideThreads(ModelSettings settings, ComputeChoice compute) {
        int threads = ComputeThreads.decide(compute.threads());
        if (settings.threads() > 0 && threads != settings.threads()) {
            throw new ConfigurationException("sextant.model.threads=" + settings.threads()
                    + ", and this process computes in " + threads
                    + " since its first model; write that number, leave it out, or start another process.");
        }
        return threads;
    }

    private static void tell(ComputeChoice compute, int threads, Precision chosen, ModelDimensions dimensions) {
        boolean mayMatter = chosen.kind() != WeightKind.AS_IS || ComputeChoice.isWorthTrying(dimensions);
        LOGGER.atLevel(mayMatter ? Level.INFO : Level.DEBUG)
                .addKeyValue("type", compute.type().name().toLowerCase(Locale.ROOT))
                .addKeyValue("threads", threads)
                .log("chose what int8 and int4 are computed beside, and threads: {}", compute.reason());
    }

    private static ElementType computeType(Precision chosen, ComputeChoice compute) {
        return switch (chosen) {
            case FLOAT32 -> ElementType.FLOAT32;
            case BFLOAT16 -> ElementType.BFLOAT16;
            case FLOAT16 -> ElementType.FLOAT16;
            case INT8, INT4 -> compute.type();
            case AUTO -> throw new IllegalStateException("not chosen yet");
        };
    }

    /** For instance {@code bfloat16}, or {@code int8+bfloat16}: what the decoder's weights are, and what the rest is computed in. */
    private static String name(Precision chosen, ElementType computed) {
        String type = computed.name().toLowerCase(Locale.ROOT);
        return chosen.kind() == WeightKind.AS_IS ? type : lower(chosen) + "+" + type;
    }

    private static String lower(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
