package io.sextant.routes;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageResult;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.ResultSink;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.OutcomePicture;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads and decodes a picture once, asks all steps about it, and publishes what they found.
 *
 * <p>A step that fails does not keep the others from being published; the picture then goes to the dead letters with the
 * steps that failed.
 */
final class AnswerProcessor implements Processor {
    private static final ResultJson JSON = ResultJson.INDENTED.withoutTimings();

    private final Pipeline pipeline;
    private final ImageDecoder decoder;
    private final StepRunner runner;

    AnswerProcessor(Pipeline pipeline, ImageDecoder decoder, StepRunner runner) {
        this.pipeline = pipeline;
        this.decoder = decoder;
        this.runner = runner;
    }

    @Override
    public void process(Exchange exchange) {
        ImageDelivery delivery = ReceiveProcessor.delivery(exchange).orElseThrow();
        byte[] encoded = delivery.read();
        String digest = digest(encoded);
        exchange.getMessage().setHeader(PipelineHeaders.IMAGE_DIGEST, digest);
        List<StepSettings> unanswered = unanswered(delivery, digest);
        if (unanswered.isEmpty()) {
            return;
        }
        RgbImage image = decoder.decode(delivery.name(), encoded);
        StepRunner.Answers answers = runner.answer(image, unanswered);
        List<String> published = new ArrayList<>();
        answers.outcomes().forEach((step, outcome) -> {
            publish(delivery.name(), step, outcome, image);
            published.add(step.name());
        });
        if (!answers.failures().isEmpty()) {
            throw new StepsFailedException(delivery.name(), answers.failures(), published);
        }
    }

    /*
     * A picture that stays comes again after every restart, and one whose acknowledgement failed after a pause: what is
     * already published for it is not asked again. A picture that is moved or deleted comes again only if the process died
     * or someone wants new results, so it is asked again; the same question has the same bytes for an answer.
     */
    private List<StepSettings> unanswered(ImageDelivery delivery, String digest) {
        if (pipeline.settings().original() != OriginalPolicy.STAY && delivery.attempt() == 1) {
            return pipeline.settings().steps();
        }
        return pipeline.settings().steps().stream()
                .filter(step -> !isAnswered(delivery.name(), digest, step))
                .toList();
    }

    private boolean isAnswered(String imageName, String digest, StepSettings step) {
        return pipeline.sinks().stream()
                .allMatch(sink -> sink.find(imageName, step.name())
                        .filter(result ->
                                result.hasDrawing() || !pipeline.settings().draw())
                        .filter(result -> EarlierResult.answers(result.json(), digest, step))
                        .isPresent());
    }

    private void publish(String imageName, StepSettings step, TaskOutcome outcome, RgbImage image) {
        byte[] drawing =
                pipeline.settings().draw() ? OutcomePicture.of(outcome, image).toPng() : null;
        ImageResult result = new ImageResult(imageName, step.name(), JSON.toText(outcome) + "\n", drawing);
        for (ResultSink sink : pipeline.sinks()) {
            sink.publish(result);
        }
    }

    private static String digest(byte[] encoded) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
