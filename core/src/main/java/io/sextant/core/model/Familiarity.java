package io.sextant.core.model;

import io.sextant.core.ModelInfo;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells whether an image looks like those the embedded model was trained on. About other images it answers as surely as about
 * those, and means nothing by it. {@code MODEL-CARD.md} in the model's folder says how often this is right.
 *
 * <p>It has an image encoder of its own, so the model's answers do not depend on it. Thread-safe.
 */
public final class Familiarity implements AutoCloseable {
    /*
     * A linear probe on the visual tokens. N = visual tokens, D = their width. Features are the mean over the N tokens of each of
     * the D components, then their standard deviations (divided by N); the score is an intercept and a weight for each
     * feature, and above 0 for what is unknown. The resource holds the fingerprint of the model it was fitted for, the intercept and
     * the 2 x D weights, a line each. The model card says what they were fitted on.
     */
    private static final String PROBE = "familiarity.txt";

    private final ImageEncoder encoder;
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private final double intercept;
    private final double[] weights;
    private Optional<Judgement> last = Optional.empty();

    private Familiarity(ImageEncoder encoder, List<String> numbers) {
        this.encoder = encoder;
        this.intercept = Double.parseDouble(numbers.get(0));
        this.weights = numbers.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
    }

    /**
     * Opens it for a model, if it can be told for this one: for the embedded model, wherever its folder lies.
     *
     * @param model what was opened
     * @param folder the model's files
     * @return empty for any other model; else the caller closes it
     */
    public static Optional<Familiarity> of(ModelInfo model, Path folder) {
        List<String> lines = probe();
        if (!lines.get(0).equals(model.fingerprint())) {
            return Optional.empty();
        }
        ImageEncoder encoder = ImageEncoder.load(ModelFolder.open(folder), ComputeDevice.CPU, ElementType.FLOAT32);
        return Optional.of(new Familiarity(encoder, lines.subList(1, lines.size())));
    }

    /** Whether an image looks like those the model knows. */
    public synchronized boolean isFamiliar(RgbImage image) {
        if (last.isEmpty() || !last.get().isAbout(image)) {
            last = Optional.of(new Judgement(image.digest(), image.width(), image.height(), score(image) <= 0));
        }
        return last.get().isFamiliar();
    }

    private double score(RgbImage image) {
        float[] pixels = preprocessor.pixelValues(image, encoder.dimensions().imageSize());
        try (DeviceTensor tokens = encoder.encode(pixels)) {
            return score(encoder.program().floats(tokens));
        }
    }

    /** @param tokens N x D numbers */
    private double score(float[] tokens) {
        int width = weights.length / 2;
        int count = tokens.length / width;
        double score = intercept;
        for (int component = 0; component < width; component++) {
            double sum = 0;
            double squares = 0;
            for (int token = 0; token < count; token++) {
                double value = tokens[token * width + component];
                sum += value;
                squares += value * value;
            }
            double mean = sum / count;
            double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
            score += weights[component] * mean + weights[width + component] * deviation;
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

    /** Frees the encoder; may be called twice. */
    @Override
    public synchronized void close() {
        encoder.close();
    }

    /** What was said of the image that was asked about last: its steps ask about it one after the other. */
    private record Judgement(String digest, int width, int height, boolean isFamiliar) {
        boolean isAbout(RgbImage image) {
            return image.digest().equals(digest) && image.width() == width && image.height() == height;
        }
    }
}
