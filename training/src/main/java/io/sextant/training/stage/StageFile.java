package io.sextant.training.stage;

import com.google.gson.JsonObject;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonText;
import io.sextant.training.optimiser.AdamWSettings;
import io.sextant.training.optimiser.LinearWarmUpCosine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Reads a stage from its JSON file. A file is named by its path; the ones that made the embedded model come with this module and are
 * named without path and ending, {@code encoder} for instance.
 */
public final class StageFile {
    private static final int LONGEST_ROW = 512;

    private StageFile() {}

    /**
     * @param nameOrPath of the file
     * @throws ConfigurationException naming the file, the field and what it must be
     */
    public static Stage read(String nameOrPath) {
        byte[] bytes = bytes(nameOrPath);
        try {
            JsonObject json = JsonText.parse(ByteBuffer.wrap(bytes), "it");
            return stage(new StrictJson(json, nameOrPath), DigestUtils.sha256Hex(bytes));
        } catch (IllegalArgumentException | ModelFilesException | IllegalStateException e) {
            throw new ConfigurationException("The stage file " + nameOrPath + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String nameOrPath) {
        try {
            if (!nameOrPath.matches("[a-z0-9-]+")) {
                return Files.readAllBytes(Path.of(nameOrPath));
            }
            try (InputStream in = StageFile.class.getResourceAsStream(nameOrPath + ".json")) {
                if (in == null) {
                    throw new ConfigurationException("There is no stage \"" + nameOrPath
                            + "\" in this module; name one of those in docs/training.md, or the path of a file.");
                }
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new ConfigurationException("The stage file " + nameOrPath + " cannot be read: " + e, e);
        }
    }

    private static Stage stage(StrictJson file, String digest) {
        file.requireOnly(
                "name",
                "note",
                "objective",
                "trains",
                "encoderBlocks",
                "decoderLayers",
                "imageSize",
                "seed",
                "steps",
                "batch",
                "accumulate",
                "requestsPerImage",
                "longestRow",
                "taskIdentifiers",
                "balancedAnswers",
                "nounLabels",
                "nounLayer",
                "rate",
                "adamw",
                "scenes",
                "mix",
                "measure");
        Set<Part> trains = EnumSet.noneOf(Part.class);
        file.texts("trains").forEach(part -> trains.add(Part.named(part, file.where())));
        StrictJson measure = file.object("measure").requireOnly("everySteps", "scenes");
        return new Stage(
                file.text("name"),
                digest,
                ObjectiveKind.named(file.text("objective"), file.where()),
                trains,
                file.count("encoderBlocks", 0),
                file.count("decoderLayers", 0),
                file.count("imageSize", 0),
                file.whole("seed"),
                file.whole("steps"),
                file.count("batch"),
                file.count("accumulate", 1),
                file.count("requestsPerImage", 1),
                file.count("longestRow", LONGEST_ROW),
                file.flag("taskIdentifiers", true),
                file.flag("balancedAnswers", false),
                file.number("nounLabels", 0),
                file.count("nounLayer", 0),
                rate(file.object("rate"), file.whole("steps")),
                optimiser(file.object("adamw")),
                scenes(file.object("scenes")),
                mix(file),
                measure.count("everySteps"),
                measure.count("scenes"));
    }

    private static LinearWarmUpCosine rate(StrictJson rate, long steps) {
        rate.requireOnly("peak", "lowest", "warmUpSteps", "warmUpStart", "epochs");
        long epochs = rate.whole("epochs", 1);
        if (epochs < 1 || steps % epochs != 0) {
            throw new IllegalArgumentException(
                    rate.where() + ": epochs must be at least 1 and divide the " + steps + " steps, was " + epochs);
        }
        return new LinearWarmUpCosine(
                epochs,
                Math.max(1, steps / epochs),
                rate.number("peak"),
                rate.number("lowest", 0),
                rate.whole("warmUpSteps", 0),
                rate.number("warmUpStart", 0));
    }

    private static AdamWSettings optimiser(StrictJson adamw) {
        adamw.requireOnly("beta1", "beta2", "eps", "weightDecay", "largestNorm");
        AdamWSettings reference = AdamWSettings.REFERENCE;
        return new AdamWSettings(
                adamw.number("beta1", reference.beta1()),
                adamw.number("beta2", reference.beta2()),
                adamw.number("eps", reference.eps()),
                adamw.number("weightDecay", reference.weightDecay()),
                adamw.number("largestNorm", reference.largestNorm()));
    }

    private static SceneShare scenes(StrictJson scenes) {
        scenes.requireOnly(
                "nouns",
                "minObjects",
                "maxObjects",
                "pool",
                "trueSizeShare",
                "boxNoise",
                "missingChance",
                "wrongChance");
        return new SceneShare(
                scenes.count("nouns", 80),
                scenes.count("minObjects", 1),
                scenes.count("maxObjects", 6),
                scenes.count("pool", 0),
                scenes.number("trueSizeShare", 0.1),
                scenes.number("boxNoise", 0.1),
                scenes.number("missingChance", 0.2),
                scenes.number("wrongChance", 0.1));
    }

    private static List<DataShare> mix(StrictJson file) {
        List<DataShare> mix = new ArrayList<>();
        if (file.has("mix")) {
            for (StrictJson share : file.objects("mix")) {
                share.requireOnly("data", "ratio", "weak", "rounds");
                mix.add(new DataShare(
                        share.text("data"),
                        share.number("ratio"),
                        share.flag("weak", false),
                        share.count("rounds", 1)));
            }
        }
        return mix;
    }
}
