package io.sextant.core.internal.schedule;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.language.BeamSearch;
import io.sextant.core.internal.language.Generation;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.language.SpecialTokens;
import io.sextant.core.internal.language.StepwiseSearch;
import io.sextant.core.internal.prompt.AnswerText;
import io.sextant.core.internal.prompt.ContextFit;
import io.sextant.core.internal.prompt.FittedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one model all callers share.
 *
 * <p>Any thread may call; a fair lock lets one request compute at a time, in the order they came. Everything a request changes (its
 * cache, its tokens) is its own and freed when it ends, whatever happens.
 */
public final class SharedModel implements VisionLanguageModel {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ModelInfo info;
    private final LlamaTokenizer tokenizer;
    private final ContextFit contextFit;
    private final ImageEncoder imageEncoder;
    private final LanguageDecoder decoder;
    private final PromptComputer prompts;
    private final StepwiseSearch stepwise;
    private final BeamSearch beams;
    private boolean isClosed;

    /**
     * Takes ownership of encoder and decoder.
     *
     * @param imageCacheBytes memory for encoded images; 0 encodes an image for every question
     */
    public SharedModel(
            ModelInfo info,
            LlamaTokenizer tokenizer,
            PromptEncoder promptEncoder,
            ImageEncoder imageEncoder,
            LanguageDecoder decoder,
            long imageCacheBytes) {
        this.info = info;
        this.tokenizer = tokenizer;
        this.contextFit =
                new ContextFit(promptEncoder, imageEncoder.dimensions().visualTokens(), info.contextLength());
        this.imageEncoder = imageEncoder;
        this.decoder = decoder;
        this.prompts = new PromptComputer(imageEncoder, decoder, imageCacheBytes);
        SpecialTokens special = new SpecialTokens(tokenizer.bos(), tokenizer.eos());
        this.stepwise = new StepwiseSearch(decoder, special);
        this.beams = new BeamSearch(decoder, special);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public GenerationResult generate(GenerationRequest request) {
        Admitted admitted = admit(request);
        turn.lock();
        try {
            requireOpen();
            return answer(admitted);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public List<GenerationResult> generateAll(List<GenerationRequest> requests) {
        List<Admitted> admitted = requests.stream().map(this::admit).toList();
        if (admitted.stream().map(a -> a.request().settings()).distinct().count() > 1) {
            throw new InvalidRequestException(
                    "Requests that are answered together must share their generation settings.");
        }
        boolean isBatch =
                admitted.size() > 1 && !(admitted.get(0).request().settings().decoding() instanceof Decoding.Beams);
        turn.lock();
        try {
            requireOpen();
            return isBatch
                    ? answerTogether(admitted)
                    : admitted.stream().map(this::answer).toList();
        } finally {
            turn.unlock();
        }
    }

    private GenerationResult answer(Admitted admitted) {
        GenerationSettings settings = admitted.request().settings();
        Stopwatch watch = new Stopwatch(System::nanoTime);
        int capacity = admitted.prompt().length() + admitted.prompt().maxNewTokens();
        try (ComputedPrompt computed = prompts.compute(
                admitted.prompt().prompt().parts(), admitted.request().images(), capacity, watch)) {
            Generation generation = settings.decoding() instanceof Decoding.Beams beamSettings
                    ? beams.search(
                            computed.cache(),
                            computed.logits()[0],
                            settings,
                            beamSettings,
                            admitted.prompt().maxNewTokens())
                    : stepwise.search(
                                    computed.cache(),
                                    computed.logits(),
                                    settings,
                                    admitted.prompt().maxNewTokens())
                            .get(0);
            watch.lap(Stopwatch.Part.DECODE);
            return result(admitted, generation, watch);
        }
    }

    private List<GenerationResult> answerTogether(List<Admitted> admitted) {
        Stopwatch watch = new Stopwatch(System::nanoTime);
        int maxNewTokens =
                admitted.stream().mapToInt(a -> a.prompt().maxNewTokens()).min().orElseThrow();
        int longest = admitted.stream().mapToInt(a -> a.prompt().length()).max().orElseThrow();
        try (ComputedPrompt computed = prompts.computeTogether(
                admitted.stream().map(a -> a.prompt().prompt().parts()).toList(),
                admitted.stream().map(a -> a.request().images()).toList(),
                longest + maxNewTokens,
                watch)) {
            List<Generation> generations = stepwise.search(
                    computed.cache(),
                    computed.logits(),
                    admitted.get(0).request().settings(),
                    maxNewTokens);
            watch.lap(Stopwatch.Part.DECODE);
            List<GenerationResult> results = new ArrayList<>();
            for (int i = 0; i < generations.size(); i++) {
                results.add(result(admitted.get(i), generations.get(i), watch));
            }
            return results;
        }
    }

    private GenerationResult result(Admitted admitted, Generation generation, Stopwatch watch) {
        AnswerText text = AnswerText.of(tokenizer, generation.ids(), generation.probabilities());
        return new GenerationResult(
                text.text(),
                text.tokens(),
                generation.finishReason(),
                admitted.prompt().length(),
                admitted.prompt().droppedTurns(),
                watch.timings());
    }

    /** Everything that can be refused is refused here, before the request waits for its turn. */
    private Admitted admit(GenerationRequest request) {
        FittedPrompt prompt = contextFit.fit(
                request.turns(),
                request.images().size(),
                request.settings().conversationForm(),
                request.settings().maxNewTokens());
        return new Admitted(request, prompt);
    }

    private void requireOpen() {
        if (isClosed) {
            throw new ResourceExhaustedException("The model " + info.name() + " has been closed; load it again.");
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                prompts.close();
                decoder.close();
                imageEncoder.close();
            }
        } finally {
            turn.unlock();
        }
    }

    /** A request that can be answered. */
    private record Admitted(GenerationRequest request, FittedPrompt prompt) {}
}
