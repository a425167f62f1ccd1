package io.sextant.training.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.training.output.OutputFile;
import io.sextant.training.world.noun.Nouns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a model on a data set. */
@Command(
        name = "evaluate",
        description = "Has a model answer the requests of a data set, and scores the answers.",
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "The data set: annotations.jsonl and images/.")
    private Path data;

    @Option(names = "--model", paramLabel = "FOLDER", description = "The model folder. Default: the embedded model.")
    private @Nullable Path model;

    @Option(
            names = "--precision",
            defaultValue = "AUTO",
            paramLabel = "PRECISION",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Precision precision;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N requests. Default: all.")
    private @Nullable Integer limit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the scores as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "Write every request with the text the model wrote, as JSON lines.")
    private @Nullable Path predictions;

    @Option(
            names = "--sheet",
            paramLabel = "PNG",
            description = "Draw right and wrong answers of every task with written and true boxes.")
    private @Nullable Path sheet;

    @Option(
            names = "--calibrate",
            paramLabel = "FILE",
            description =
                    "Fit curves from confidence to the share that is right, and write them; on validation scenes, not"
                            + " on those that are scored. As " + ConfidenceCalibration.FILE_NAME
                            + " in the model's folder they are applied.")
    private @Nullable Path calibrate;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "Requests answered side by side. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--without-identifiers",
            description = "Leave task identifiers out of the prompts, for a model trained without them.")
    private boolean isWithoutIdentifiers;

    @Option(
            names = "--without-grammar",
            description = "Let the model write what it writes, instead of holding answers to the form of their task.")
    private boolean isWithoutGrammar;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requirePositive("--limit", limit == null ? 1 : limit);
        requirePositive("--batch", batch);
        OutputFile.requireWritable("--json", json);
        OutputFile.requireWritable("--predictions", predictions);
        OutputFile.requireWritable("--sheet", sheet);
        OutputFile.requireWritable("--calibrate", calibrate);
        PrintWriter err = spec.commandLine().getErr();
        List<Annotation> all = DataSet.read(data);
        List<Annotation> annotations = limit == null ? all : all.subList(0, Math.min(limit, all.size()));
        ImageCheck.requireSound(annotations);
        Scorer scorer = new Scorer(new NounWords(
                Nouns.load(), all.stream().map(Annotation::question).toList()));
        List<Prediction> written;
        Path folder = model == null ? EmbeddedModel.folder() : model;
        ConfidenceCalibration calibration = ConfidenceCalibration.ofFolder(folder);
        ModelLoader.awaitStepsAtExit();
        try (VisionLanguageModel loaded = ModelLoader.load(
                ModelSettings.builder(folder).precision(precision).build())) {
            err.println("Model " + loaded.info().name() + ", " + loaded.info().precision() + ", fingerprint "
                    + loaded.info().fingerprint());
            written = new Predictor(loaded, batch, !isWithoutIdentifiers, !isWithoutGrammar)
                    .predict(annotations, new ProgressLine(err, annotations.size(), System::nanoTime));
        }
        Scores scores = Scores.of(written, scorer, calibration);
        spec.commandLine().getOut().print(ScoresTable.write(scores));
        spec.commandLine().getOut().flush();
        if (predictions != null) {
            Files.write(predictions, written.stream().map(EvaluateCommand::line).toList());
        }
        if (json != null) {
            Files.writeString(json, ScoresJson.write(scores));
        }
        if (calibrate != null) {
            Files.writeString(
                    calibrate,
                    Judgements.of(written, scorer)
                            .fit(note(written, isWithoutGrammar))
                            .toJson());
        }
        if (sheet != null) {
            PredictionSheet.write(written, scorer, sheet);
        }
        return 0;
    }

    private static String note(List<Prediction> written, boolean isWithoutGrammar) {
        return "Fitted by \"evaluate --calibrate\" on " + written.size() + " requests, grammar "
                + (isWithoutGrammar ? "off" : "on") + "; 1 / (1 + exp(-(slope x log-odds of the raw"
                + " confidence + offset))).";
    }

    private static String line(Prediction prediction) {
        JsonObject line = prediction.annotation().json().deepCopy();
        line.addProperty("text", prediction.text());
        return GSON.toJson(line);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new ConfigurationException(name + " must be at least 1, was " + value + ".");
        }
    }
}
