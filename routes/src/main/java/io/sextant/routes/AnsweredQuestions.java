package io.sextant.routes;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.SourceKey;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.SextantException;
import io.sextant.routes.config.StepSettings;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Remembers which questions of a pipeline were answered, and their results published. Thread-safe as far as the repository
 * is.
 *
 * <p>A question is known by the pipeline, the key of its message, the digest of its image and what is asked. By the image
 * and not by the message's body: another body may name the same image, and the image that a claim check names may have
 * been replaced. The model is no part of it: a question that was answered stays so.
 */
final class AnsweredQuestions {
    private final String pipeline;
    private final String place;
    private final IdempotentRepository repository;
    private final CamelContext context;

    /**
     * @param place what messages call the repository
     * @param repository stopped with the context
     */
    AnsweredQuestions(String pipeline, String place, IdempotentRepository repository, CamelContext context) {
        this.pipeline = pipeline;
        this.place = place;
        this.repository = repository;
        this.context = context;
    }

    /** @throws ConfigurationException if the repository cannot be used */
    void open() {
        try {
            context.addService(repository);
            repository.start();
        } catch (SextantException e) {
            throw e;
        } catch (Exception e) {
            throw new ConfigurationException(
                    "idempotent=" + place + " cannot be started (" + e + "); check the repository it names.", e);
        }
    }

    /**
     * Whether this was answered before.
     *
     * @throws ConnectorException if the repository failed; a later attempt may succeed
     */
    boolean contains(ImageRequest request, String digest, StepPlan plan) {
        return ask(repository::contains, request, digest, plan);
    }

    /**
     * Remembers that all results are published.
     *
     * @throws ConnectorException if the repository failed; a later attempt may succeed
     */
    void add(ImageRequest request, String digest, StepPlan plan) {
        ask(repository::add, request, digest, plan);
    }

    private boolean ask(Predicate<String> question, ImageRequest request, String digest, StepPlan plan) {
        try {
            return question.test(id(request, digest, plan));
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ConnectorException(
                    "idempotent=" + place + " failed (" + e + "); check the repository it names.", e);
        }
    }

    private String id(ImageRequest request, String digest, StepPlan plan) {
        SourceKey key = request.key();
        StringBuilder fields = new StringBuilder();
        field(fields, "pipeline", pipeline);
        if (key != null) {
            field(fields, "key", key.toString());
        }
        field(fields, "image", digest);
        field(fields, "conversation", Boolean.toString(plan.isConversation()));
        for (StepSettings step : plan.steps()) {
            PixelBox box = step.box();
            field(fields, "step", step.name());
            field(fields, "task", step.task());
            field(fields, "prompt", step.prompt().strip());
            field(fields, "box", box == null ? "" : box.toString());
            field(fields, "maxNewTokens", String.valueOf(step.maxNewTokens()));
            new TreeMap<>(step.headers()).forEach((header, value) -> field(fields, "header." + header, value.strip()));
        }
        return DigestUtils.sha256Hex(fields.toString());
    }

    /** With its length, so that no two lists of fields are written alike. */
    private static void field(StringBuilder fields, String name, String value) {
        fields.append(name)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n');
    }
}
