package io.sextant.core.model;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.SextantException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.ComputeThreads;
import io.sextant.core.internal.trial.Candidate;
import io.sextant.core.internal.trial.Processor;
import io.sextant.core.internal.trial.ProcessorTrial;
import io.sextant.core.internal.trial.TrialResult;
import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a model on the processor is computed in where its precision leaves that open, in how many threads, and why. What the settings leave to
 * be chosen is what a trial on this processor found. Where that cannot be kept there is none, and the processor's instructions decide, so that two
 * starts on one machine do not answer differently.
 *
 * @param type FLOAT32 or BFLOAT16
 * @param threads at least 1
 * @param reason for the log
 */
record ComputeChoice(ElementType type, int threads, String reason) {
    private static final Logger LOGGER = LoggerFactory.getLogger(ComputeChoice.class);

    /** Smaller decoders are loaded in less time than a trial takes, and computed fast enough in any way. Bytes of their layers in float32. */
    private static final long WORTH_TRYING = 1L << 30;

    /** For a model that is about to be loaded: tries where nothing was found before, unless another model computes here, which that would disturb. */
    static ComputeChoice of(ModelSettings settings, ModelDimensions dimensions, List<ComputeDevice> devices) {
        return of(settings, dimensions, devices, Processor.ofMachine(), !ComputeThreads.areDecided());
    }

    /** As {@link #of}, for a question in between: takes no time. */
    static ComputeChoice known(ModelSettings settings, ModelDimensions dimensions, List<ComputeDevice> devices) {
        return of(settings, dimensions, devices, Processor.ofMachine(), false);
    }

    /** @param mayTry whether there is time for a trial */
    static ComputeChoice of(
            ModelSettings settings,
            ModelDimensions dimensions,
            List<ComputeDevice> devices,
            Processor processor,
            boolean mayTry) {
        ComputeChoice open = devices.contains(ComputeDevice.CPU)
                ? open(settings, dimensions, processor, mayTry)
                : byInstructions(processor, "only what is computed on a CPU is tried");
        return new ComputeChoice(
                type(settings.computeType(), open.type),
                settings.threads() > 0 ? settings.threads() : open.threads,
                set(settings) + open.reason);
    }

    private static String set(ModelSettings settings) {
        String type = settings.computeType() == ComputeType.AUTO ? "" : "sextant.model.compute-type; ";
        return settings.threads() == 0 ? type : type + "sextant.model.threads; ";
    }

    private static ComputeChoice open(
            ModelSettings settings, ModelDimensions dimensions, Processor processor, boolean mayTry) {
        if (settings.computeType() != ComputeType.AUTO && settings.threads() > 0) {
            return byInstructions(processor, "nothing is left to choose");
        }
        if (!isWorthTrying(dimensions)) {
            return byInstructions(processor, "small models are not tried");
        }
        if (!settings.trial()) {
            return byInstructions(processor, "sextant.model.trial=off");
        }
        Optional<Path> folder = settings.weightCache();
        if (folder.isEmpty()) {
            return byInstructions(processor, "a trial is kept in sextant.model.weight-cache, and there is none");
        }
        ProcessorTrial trial = new ProcessorTrial(processor, folder.get(), System.getenv());
        Optional<TrialResult> found = trial.find();
        if (found.isPresent()) {
            return of(found.get());
        }
        if (!mayTry) {
            return byInstructions(processor, "no trial yet, and none while this process has a model");
        }
        try {
            return of(trial.findOrTry());
        } catch (IOException | SextantException e) {
            LOGGER.atWarn()
                    .addKeyValue("folder", folder.get())
                    .addKeyValue("reason", e.toString())
                    .log(
                            "no trial, for what it finds could not be kept; set sextant.model.weight-cache to a folder that can be"
                                    + " written, or sextant.model.trial to off");
            return byInstructions(processor, "no trial was possible");
        }
    }

    private static ComputeChoice of(TrialResult result) {
        Candidate chosen = result.chosen();
        return new ComputeChoice(chosen.type(), chosen.threads(), "a trial on this processor: " + result.reason());
    }

    private static ComputeChoice byInstructions(Processor processor, String why) {
        return new ComputeChoice(
                processor.suggestedType(), ComputeThreads.ofLibrary(), "the processor's instructions; " + why);
    }

    /** Whether a model is so large that it matters what it is computed in. */
    static boolean isWorthTrying(ModelDimensions dimensions) {
        DecoderDimensions decoder = dimensions.decoder();
        long ofLayer = decoder.hidden() * (4L * decoder.hidden() + 3L * decoder.intermediate());
        return ElementType.FLOAT32.bytes() * ofLayer * decoder.layers() >= WORTH_TRYING;
    }

    private static ElementType type(ComputeType wanted, ElementType open) {
        return switch (wanted) {
            case AUTO -> open;
            case FLOAT32 -> ElementType.FLOAT32;
            case BFLOAT16 -> ElementType.BFLOAT16;
        };
    }
}
