package io.sextant.core.internal.schedule;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.SextantException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.cache.BlockPool;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.grammar.CompiledGrammar;
import io.sextant.core.internal.grammar.GrammarCompiler;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.ContextFit;
import io.sextant.core.internal.prompt.FittedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one model all callers share.
 *
 * <p>Any thread may call. A caller's own thread writes its prompt, resizes its images and prices the request; the model's thread
 * ({@link SchedulerRunner}) answers it beside the others ({@link Scheduler}); a third completes it ({@link AnswerDelivery}).
 */
public final class SharedModel implements VisionLanguageModel {
    /** Positions of a block: small enough that little of the last one is wasted, large enough that gathering blocks is cheap. */
    private static final int BLOCK_POSITIONS = 16;

    private final ModelInfo info;
    private final ContextFit contextFit;
    private final int visualTokens;
    private final ResizedImages resizedImages;
    private final GrammarCompiler grammars;
    private final PrefixCache prices;
    private final DecoderSteps steps;
    private final Scheduler scheduler;
    private final SchedulerRunner runner;

    /**
     * Takes ownership of encoder and decoder.
     *
     * @param cacheBytes memory for keys and values of running answers and of images asked about before
     * @param queueCapacity requests that wait at most
     * @param mostRunning sequences computed side by side at most
     */
    public SharedModel(
            ModelInfo info,
            LlamaTokenizer tokenizer,
            PromptEncoder promptEncoder,
            ImageEncoder imageEncoder,
            LanguageDecoder decoder,
            long cacheBytes,
            int queueCapacity,
            int mostRunning) {
        this.info = info;
        this.visualTokens = imageEncoder.dimensions().visualTokens();
        this.resizedImages = new ResizedImages(imageEncoder.dimensions().imageSize());
        this.contextFit = new ContextFit(promptEncoder, visualTokens, info.contextLength());
        this.grammars = new GrammarCompiler(tokenizer);
        int blocks = blocks(cacheBytes, decoder);
        BlockStorage storage = decoder.newStorage(blocks, BLOCK_POSITIONS);
        this.prices = new PrefixCache(new BlockPool(blocks, BLOCK_POSITIONS));
        // Never shut down, for a caller may still wait for what it brings: its threads end by themselves when they are
        // idle.
        ExecutorService completion = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sextant-answers");
            thread.setDaemon(true);
            return thread;
        });
        this.steps = new DecoderSteps(imageEncoder, decoder, storage, new EncodedImages(DecoderSteps.KEPT_IMAGES));
        this.scheduler =
                new Scheduler(steps, prices, tokenizer, queueCapacity, mostRunning, completion, Clock.systemUTC());
        this.runner = new SchedulerRunner(scheduler);
    }

    /** Blocks that fit the memory beside the visual tokens that are kept; block 0 comes on top, it holds nothing. */
    private int blocks(long cacheBytes, LanguageDecoder decoder) {
        long imageBytes = (long) DecoderSteps.KEPT_IMAGES
                * visualTokens
                * decoder.dimensions().hidden()
                * decoder.program().precision().bytes();
        long blocks = (cacheBytes - imageBytes) / (BLOCK_POSITIONS * decoder.bytesPerPosition());
        return (int) Math.max(2, Math.min(Integer.MAX_VALUE - 8, 1 + blocks));
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
        try {
            Submission submission = prepare(request);
            scheduler.submit(submission);
            runner.wake();
            return submission.answer();
        } catch (SextantException e) {
            return CompletableFuture.failedFuture(e);
        }
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
        int price = Admission.price(prices, pieces, prompt.positions(), AnswerSearch.width(request.settings()));
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
                .anyMatch(piece -> !prices.maybeHas(piece.key()));
    }

    /** Who hears of every image that is encoded from now on; one at a time. */
    public void observeImages(ImageObserver observer) {
        steps.observe(observer);
    }

    @Override
    public ModelStatistics statistics() {
        return scheduler.statistics();
    }

    /** Waits for running answers; those that wait are refused. May be called twice. */
    @Override
    public void close() {
        runner.close();
    }
}
