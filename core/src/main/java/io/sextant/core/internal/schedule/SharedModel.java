package io.sextant.core.internal.schedule;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.grammar.CompiledGrammar;
import io.sextant.core.internal.grammar.GrammarCompiler;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.ContextFit;
import io.sextant.core.internal.prompt.FittedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one model all callers share.
 *
 * <p>Any thread may call. A caller's own thread writes its prompt, resizes its images and prices the request; the thread of a
 * {@link Replica} ({@link SchedulerRunner}) answers it beside the others ({@link Scheduler}); a third completes it
 * ({@link AnswerDelivery}).
 */
public final class SharedModel implements VisionLanguageModel {
    private final ModelInfo info;
    private final ContextFit contextFit;
    private final int visualTokens;
    private final ResizedImages resizedImages;
    private final GrammarCompiler grammars;
    private final List<Replica> replicas;

    /** One copy of the weights: what encodes images, and what writes answers. */
    public record Weights(ImageEncoder encoder, LanguageDecoder decoder) implements AutoCloseable {
        @Override
        public void close() {
            encoder.close();
            decoder.close();
        }
    }

    /**
     * Takes ownership of encoders and decoders; where it fails they stay the caller's, who may find some closed.
     *
     * @param weights a copy for each replica, at least one; replicas share one line of requests, and an image stays with one of them
     * @param cacheBytes memory of each replica for keys and values of running answers and of images asked about before
     * @param queueCapacity requests that wait at most
     * @param mostRunning sequences that each replica computes side by side at most
     */
    public SharedModel(
            ModelInfo info,
            LlamaTokenizer tokenizer,
            PromptEncoder promptEncoder,
            List<Weights> weights,
            long cacheBytes,
            int queueCapacity,
            int mostRunning) {
        this.info = info;
        VisionDimensions vision = weights.get(0).encoder().dimensions();
        this.visualTokens = vision.visualTokens();
        this.resizedImages = new ResizedImages(vision.imageSize());
        this.contextFit = new ContextFit(promptEncoder, visualTokens, info.contextLength());
        this.grammars = new GrammarCompiler(tokenizer);
        // Never shut down, for a caller may still wait for what it brings: its threads end by themselves when they are
        // idle.
        ExecutorService completion = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sextant-answers");
            thread.setDaemon(true);
            return thread;
        });
        WaitingLine line = new WaitingLine(queueCapacity, weights.size());
        List<Replica> made = new ArrayList<>();
        try {
            for (Weights each : weights) {
                made.add(new Replica(
                        each.encoder(),
                        each.decoder(),
                        tokenizer,
                        cacheBytes,
                        line,
                        made.size(),
                        mostRunning,
                        completion));
            }
        } catch (RuntimeException e) {
            // Their threads compute already: they end before anybody frees what they compute with.
            made.forEach(replica -> replica.runner().close());
            throw e;
        }
        this.replicas = List.copyOf(made);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
        try {
            Submission submission = prepare(request);
            replicas.get(0).scheduler().submit(submission);
            replicas.forEach(replica -> replica.runner().wake());
            if (!isOpen()) {
                // Looked at afterwards, for what came into the line in this moment might wait for a replica that is no
                // more.
                submission
                        .answer()
                        .completeExceptionally(
                                new ResourceExhaustedException(
                                        "The model has been closed, or was ended by a failure that the log tells; load it again."));
            }
            return submission.answer();
        } catch (SextantException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One replica that has ended ends the model: the images that stay with it would never be answered. */
    @Override
    public boolean isOpen() {
        return replicas.stream().allMatch(replica -> replica.runner().isRunning());
    }

    /** Everything that can be refused is refused here, and everything that the caller's thread can do is done. */
    private Submission prepare(GenerationRequest request) {
        FittedPrompt prompt = contextFit.fit(
                request.turns(),
                request.images().size(),
                request.settings().conversationForm(),
                request.settings().maxNewTokens());
        List<ImageKey> keys = request.images().stream().map(ImageKey::of).toList();
        List<PromptPiece> pieces = PromptPiece.cut(prompt.prompt(), keys, visualTokens);
        List<ResizedImage> resized =
                request.images().stream().map(resizedImages::of).toList();
        int price = Admission.price(
                replicas.get(0).cache(), pieces, prompt.positions(), AnswerSearch.width(request.settings()));
        CompiledGrammar grammar =
                grammars.compile(request.settings().isConstrained() ? request.grammar() : AnswerGrammar.free());
        if (grammar.shortestAnswer() > prompt.maxNewTokens()) {
            throw new InvalidRequestException(
                    "An answer of the form " + request.grammar().id() + " needs "
                            + grammar.shortestAnswer() + " tokens, this one may have " + prompt.maxNewTokens()
                            + "; raise maxNewTokens, or shorten the conversation.");
        }
        Submission submission =
                new Submission(request, prompt, pieces, resized, grammar, price, new CompletableFuture<>());
        if (needsEncoding(pieces)) {
            resized.forEach(ResizedImage::rgb);
        }
        return submission;
    }

    /** Whether an image may have to be encoded; where it turns out otherwise once the request is begun, the model's thread resizes it. */
    private boolean needsEncoding(List<PromptPiece> pieces) {
        return pieces.stream()
                .filter(piece -> !piece.images().isEmpty())
                .anyMatch(piece ->
                        replicas.stream().noneMatch(replica -> replica.cache().maybeHas(piece.key())));
    }

    /** Who hears of every image that is encoded from now on; one at a time for each replica. */
    public void observeImages(ImageObserver observer) {
        replicas.forEach(replica -> replica.steps().observe(observer));
    }

    @Override
    public ModelStatistics statistics() {
        return replicas.stream()
                .map(replica -> replica.scheduler().statistics())
                .reduce(ModelStatistics::plus)
                .orElseThrow();
    }

    /** Waits for running answers; those that wait are refused. May be called twice. */
    @Override
    public void close() {
        replicas.forEach(replica -> replica.scheduler().refuseMore());
        replicas.forEach(replica -> replica.runner().close());
    }
}
