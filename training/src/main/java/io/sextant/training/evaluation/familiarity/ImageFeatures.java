package io.sextant.training.evaluation.familiarity;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.vision.TokenFeatures;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The features of the visual tokens of all images in a folder, as the application computes them. */
public final class ImageFeatures implements AutoCloseable {
    private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(jpe?g|png|webp|gif|bmp|tiff?)");

    private final ImageEncoder encoder;
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);

    /** @param model the model's folder */
    public ImageFeatures(Path model) {
        this.encoder = ImageEncoder.load(ModelFolder.open(model), ComputeDevice.CPU, ElementType.FLOAT32);
    }

    /**
     * The features of each image below a folder, in the order of their names.
     *
     * @throws ConfigurationException if there is no image
     */
    public List<double[]> ofFolder(Path folder) throws IOException {
        List<Path> images;
        try (Stream<Path> walk = Files.walk(folder)) {
            images = walk.filter(file ->
                            IMAGE.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
        if (images.isEmpty()) {
            throw new ConfigurationException(folder + " holds no images (.jpg, .png, …); name another folder.");
        }
        List<double[]> features = new ArrayList<>();
        for (Path image : images) {
            features.add(of(image));
        }
        return features;
    }

    private double[] of(Path image) {
        float[] pixels = preprocessor.pixelValues(
                decoder.decode(image), encoder.dimensions().imageSize());
        try (DeviceTensor tokens = encoder.encode(pixels)) {
            float[] numbers = encoder.program().floats(tokens);
            return TokenFeatures.of(
                    numbers, numbers.length / encoder.dimensions().visualTokens());
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
