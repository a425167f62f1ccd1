package io.sextant.core.model;

import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.schedule.SharedModel;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.vision.TokenFeatures;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an image looks like those the embedded model was trained on. About other images it answers as surely as about
 * those, and means nothing by it. {@code MODEL-CARD.md} in the model's folder says how often this is right.
 *
 * <p>It looks at what the model's own encoder makes of an image; of an image that the model has not encoded, or whose judgement was
 * forgotten since, at what an encoder of its own makes. The model's answers do not depend on it. Thread-safe.
 */
public final class Familiarity implements AutoCloseable {
    /*
     * A linear probe on the visual tokens' features: the score is an intercept and a weight for each of them, and above 0 for
     * what is unknown. The resource holds the fingerprint of the model it was fitted for, the intercept and the weights, a
     * line each, as the command "train familiarity" writes it. The model card says what they were fitted on.
     */
    private static final String PROBE = "familiarity.txt";

    /** Judgements that are remembered; of an image beyond them the encoder is asked again. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Path folder;
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private final double intercept;
    private final double[] weights;
    private final Map<Look, Boolean> judgements = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Look, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private @Nullable ImageEncoder encoder;

    private Familiarity(Path folder, List<String> numbers) {
        this.folder = folder;
        this.intercept = Double.parseDouble(numbers.get(0));
        this.weights = numbers.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
    }

    /**
     * Opens it for a model, if it can be told for this one: for the embedded model, wherever its folder lies. Where the model computes
     * as the probe was fitted (on the CPU in float32) no image is encoded twice.
     *
     * @param model what was opened
     * @param folder the model's files
     * @return empty for any other model; else the caller closes it
     */
    public static Optional<Familiarity> of(VisionLanguageModel model, Path folder) {
        List<String> lines = probe();
        ModelInfo info = model.info();
        if (!lines.get(0).equals(info.fingerprint())) {
            return Optional.empty();
        }
        Familiarity familiarity = new Familiarity(folder, lines.subList(1, lines.size()));
        boolean isAsFitted = info.device().equals("cpu") && info.precision().equals("float32");
        if (isAsFitted && model instanceof SharedModel shared) {
            shared.observeImages((digest, width, height, visualTokens) ->
                    familiarity.judge(new Look(digest, width, height), visualTokens));
        }
        return Optional.of(familiarity);
    }

    /** Whether an image looks like those the model knows. */
    public synchronized boolean isFamiliar(RgbImage image) {
        Look look = new Look(image.digest(), image.width(), image.height());
        Boolean known = judgements.get(look);
        return known == null ? judge(look, ownTokens(image)) : known;
    }

    private synchronized boolean judge(Look look, float[] visualTokens) {
        boolean isFamiliar = score(visualTokens) <= 0;
        judgements.put(look, isFamiliar);
        return isFamiliar;
    }

    private float[] ownTokens(RgbImage image) {
        ImageEncoder own = encoder;
        if (own == null) {
            own = ImageEncoder.load(ModelFolder.open(folder), ComputeDevice.CPU, ElementType.FLOAT32);
            encoder = own;
        }
        float[] pixels = preprocessor.pixelValues(image, own.dimensions().imageSize());
        try (DeviceTensor tokens = own.encode(pixels)) {
            return own.program().floats(tokens);
        }
    }

    /** @param tokens N x D numbers */
    private double score(float[] tokens) {
        double[] features = TokenFeatures.of(tokens, weights.length / 2);
        double score = intercept;
        for (int i = 0; i < features.length; i++) {
            score += weights[i] * features[i];
        }
        return score;
    }

    private static List<String> probe() {
        try (InputStream stream = Objects.requireNonNull(Familiarity.class.getResourceAsStream(PROBE), PROBE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + PROBE, e);
        }
    }

    /** Frees the encoder, if there is one; may be called twice. */
    @Override
    public synchronized void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }

    /** Which image in which size; another orientation policy may give it another one. */
    private record Look(String digest, int width, int height) {}
}
