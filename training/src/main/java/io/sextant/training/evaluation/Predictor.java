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
import io.sextant.training.world.language.AnswerForms;
import io.sextant.training.world.language.PromptForms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/** Has a model answer requests, so many at a time: as one is answered the next is handed over. */
final class Predictor {
    private static final int LONGEST_ANSWER = 320;

    private final VisionLanguageModel model;
    private final int atOnce;
    private final boolean hasIdentifiers;
    private final GenerationSettings settings;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);

    /**
     * @param atOnce how many requests are answered side by side, at least 1
     * @param hasIdentifiers whether prompts have their task identifiers
     * @param hasGrammar whether answers are held to the form of their task
     */
    Predictor(VisionLanguageModel model, int atOnce, boolean hasIdentifiers, boolean hasGrammar) {
        this.model = model;
        this.atOnce = atOnce;
        this.hasIdentifiers = hasIdentifiers;
        this.settings =
                GenerationSettings.DEFAULT.withMaxNewTokens(LONGEST_ANSWER).withConstrained(hasGrammar);
    }

    /**
     * Answers all requests, in their order.
     *
     * @param progress gets the number of requests answered so far
     * @throws DataSetException if an image cannot be decoded or a request does not fit the model; names the line
     */
    List<Prediction> predict(List<Annotation> annotations, IntConsumer progress) {
        List<Prediction> predictions = new ArrayList<>();
        Deque<Asked> asked = new ArrayDeque<>();
        try {
            for (Annotation annotation : annotations) {
                if (asked.size() == atOnce) {
                    predictions.add(answer(asked.removeFirst()));
                    progress.accept(predictions.size());
                }
                asked.addLast(ask(annotation));
            }
            while (!asked.isEmpty()) {
                predictions.add(answer(asked.removeFirst()));
                progress.accept(predictions.size());
            }
        } finally {
            asked.forEach(each -> each.answer().cancel(false));
        }
        return predictions;
    }

    private Asked ask(Annotation annotation) {
        RgbImage image = image(annotation);
        List<Turn> turns = PromptForms.turns(annotation.question(), image.width(), image.height());
        GenerationRequest request = GenerationRequest.builder(
                        List.of(image), hasIdentifiers ? turns : PromptForms.withoutIdentifiers(turns))
                .settings(settings)
                .grammar(AnswerForms.of(annotation.question().task()))
                .build();
        return new Asked(
                annotation, image.width(), image.height(), model.submit(request).toCompletableFuture());
    }

    private static Prediction answer(Asked asked) {
        try {
            GenerationResult result = asked.answer().join();
            return new Prediction(asked.annotation(), result.text(), result::confidence, asked.width(), asked.height());
        } catch (CompletionException e) {
            if (e.getCause() instanceof InvalidRequestException invalid) {
                throw new DataSetException(
                        "The request of line " + asked.annotation().line() + " cannot be answered: "
                                + invalid.getMessage(),
                        invalid);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private RgbImage image(Annotation annotation) {
        try {
            return decoder.decode(annotation.image());
        } catch (InvalidImageException e) {
            throw new DataSetException("Line " + annotation.line() + ": " + e.getMessage(), e);
        }
    }

    /**
     * A request that is being answered.
     *
     * @param width of the image in pixels
     * @param height of the image in pixels
     */
    private record Asked(Annotation annotation, int width, int height, CompletableFuture<GenerationResult> answer) {}
}
