package io.sextant.training.command;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.training.evaluation.familiarity.ImageFeatures;
import io.sextant.training.evaluation.familiarity.RidgeProbe;
import io.sextant.training.output.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train familiarity}: fits what tells known kinds of images from others; the file lies among core's resources. */
@Command(
        name = "familiarity",
        description = "Fits a probe that tells images of the kind a model was trained on from others.",
        mixinStandardHelpOptions = true)
public final class FamiliarityCommand implements Callable<Integer> {
    @Option(
            names = "--known",
            required = true,
            paramLabel = "FOLDER",
            description = "Images such as it was trained on.")
    private Path known = Path.of("known");

    @Option(names = "--unknown", required = true, paramLabel = "FOLDER", description = "Other images.")
    private Path unknown = Path.of("unknown");

    @Option(names = "--model", paramLabel = "FOLDER", description = "The model folder. Default: the embedded model.")
    private @Nullable Path model;

    @Option(
            names = "--penalty",
            defaultValue = "300",
            paramLabel = "NUMBER",
            description = "Of the ridge regression, more than 0. Default: ${DEFAULT-VALUE}.")
    private double penalty;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The probe, familiarity.txt.")
    private Path out = Path.of("familiarity.txt");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!(penalty > 0)) {
            throw new ConfigurationException("--penalty must be more than 0, was " + penalty + ".");
        }
        OutputFile.requireWritable("--out", out);
        Path folder = model == null ? EmbeddedModel.folder() : model;
        List<double[]> ofKnown;
        List<double[]> ofUnknown;
        try (ImageFeatures features = new ImageFeatures(folder)) {
            ofKnown = features.ofFolder(known);
            ofUnknown = features.ofFolder(unknown);
        }
        RidgeProbe probe = RidgeProbe.fit(ofKnown, ofUnknown, penalty);
        AtomicFile.write(out, text(fingerprint(folder), probe).getBytes(StandardCharsets.UTF_8));
        long called = ofKnown.stream().filter(image -> probe.score(image) > 0).count();
        long found = ofUnknown.stream().filter(image -> probe.score(image) > 0).count();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Of the images it was fitted on, %d of %d known ones are called unknown, %d of %d unknown ones are"
                                + " found.%n",
                        called,
                        ofKnown.size(),
                        found,
                        ofUnknown.size());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String fingerprint(Path folder) {
        try (VisionLanguageModel opened = ModelLoader.load(ModelSettings.of(folder))) {
            return opened.info().fingerprint();
        }
    }

    private static String text(String fingerprint, RidgeProbe probe) {
        StringBuilder text = new StringBuilder();
        text.append(fingerprint).append('\n').append(probe.intercept()).append('\n');
        probe.weights().forEach(weight -> text.append(weight).append('\n'));
        return text.toString();
    }
}
