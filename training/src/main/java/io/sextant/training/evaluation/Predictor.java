package io.sextant.training.evaluation;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.Turn;
import io.sextant.training.world.language.PromptForms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Has a model answer requests, several at a time. */
final class Predictor {
    private static final GenerationSettings SETTINGS = GenerationSettings.DEFAULT.withMaxNewTokens(320);

    private final VisionLanguageModel model;
    private final int batchSize;
    private final boolean hasIdentifiers;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);

    /**
     * @param batchSize how many requests are answered together, at least 1
     * @param hasIdentifiers whether prompts have their task identifiers
     */
    Predictor(VisionLanguageModel model, int batchSize, boolean hasIdentifiers) {
        this.model = model;
        this.batchSize = batchSize;
        this.hasIdentifiers = hasIdentifiers;
    }

    /**
     * Answers all requests, in their order.
     *
     * @param progress gets the number of requests answered so far
     * @throws DataSetException if an image cannot be decoded or a request does not fit the model; names the line
     */
    List<Prediction> predict(List<Annotation> annotations, IntConsumer progress) {
        List<Prediction> predictions = new ArrayList<>();
        for (int first = 0; first < annotations.size(); first += batchSize) {
            predictions.addAll(answer(annotations.subList(first, Math.min(annotations.size(), first + batchSize))));
            progress.accept(predictions.size());
        }
        return predictions;
    }

    private List<Prediction> answer(List<Annotation> batch) {
        List<RgbImage> images = new ArrayList<>();
        List<GenerationRequest> requests = new ArrayList<>();
        for (Annotation annotation : batch) {
            RgbImage image = image(annotation);
            images.add(image);
            List<Turn> turns = PromptForms.turns(annotation.question(), image.width(), image.height());
            requests.add(new GenerationRequest(
                    List.of(image), hasIdentifiers ? turns : PromptForms.withoutIdentifiers(turns), SETTINGS));
        }
        List<GenerationResult> results = generate(batch, requests);
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            RgbImage image = images.get(i);
            GenerationResult result = results.get(i);
            predictions.add(
                    new Prediction(batch.get(i), result.text(), result::confidence, image.width(), image.height()));
        }
        return predictions;
    }

    private List<GenerationResult> generate(List<Annotation> batch, List<GenerationRequest> requests) {
        try {
            return model.generateAll(requests);
        } catch (InvalidRequestException e) {
            throw new DataSetException(
                    "A request of lines " + batch.get(0).line() + " to "
                            + batch.get(batch.size() - 1).line() + " cannot be answered: " + e.getMessage(),
                    e);
        }
    }

    private RgbImage image(Annotation annotation) {
        try {
            return decoder.decode(annotation.image());
        } catch (InvalidImageException e) {
            throw new DataSetException("Line " + annotation.line() + ": " + e.getMessage(), e);
        }
    }
}
