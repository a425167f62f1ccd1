package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockPool;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import java.time.Clock;
import java.util.concurrent.Executor;

/** One copy of the weights on one device, its cache, and the thread that computes with them. Thread-safe. */
final class Replica {
    /** Positions of a block: small enough that little of the last one is wasted, large enough that gathering blocks is cheap. */
    private static final int BLOCK_POSITIONS = 16;

    private final PrefixCache cache;
    private final DecoderSteps steps;
    private final Scheduler scheduler;
    private final SchedulerRunner runner;

    /**
     * Takes ownership of encoder and decoder, and begins to work.
     *
     * @param cacheBytes memory for keys and values of running answers and of images asked about before
     * @param line requests that wait, shared with other replicas
     * @param number which of them this is, from 0
     * @param mostRunning sequences computed side by side at most
     * @param completion completes answers
     */
    Replica(
            ImageEncoder encoder,
            LanguageDecoder decoder,
            LlamaTokenizer tokenizer,
            long cacheBytes,
            WaitingLine line,
            int number,
            int mostRunning,
            Executor completion) {
        int blocks = blocks(cacheBytes, encoder.dimensions().visualTokens(), decoder);
        BlockStorage storage = decoder.newStorage(blocks, BLOCK_POSITIONS);
        this.cache = new PrefixCache(new BlockPool(blocks, BLOCK_POSITIONS));
        this.steps = new DecoderSteps(encoder, decoder, storage, new EncodedImages(DecoderSteps.KEPT_IMAGES));
        this.scheduler =
                new Scheduler(steps, cache, tokenizer, line, number, mostRunning, completion, Clock.systemUTC());
        this.runner = new SchedulerRunner(scheduler);
    }

    /** Blocks that fit the memory beside the visual tokens that are kept; block 0 comes on top, it holds nothing. */
    private static int blocks(long cacheBytes, int visualTokens, LanguageDecoder decoder) {
        long imageBytes = (long) DecoderSteps.KEPT_IMAGES
                * visualTokens
                * decoder.dimensions().hidden()
                * decoder.program().precision().bytes();
        long blocks = (cacheBytes - imageBytes) / (BLOCK_POSITIONS * decoder.bytesPerPosition());
        return (int) Math.max(2, Math.min(Integer.MAX_VALUE - 8, 1 + blocks));
    }

    PrefixCache cache() {
        return cache;
    }

    DecoderSteps steps() {
        return steps;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SchedulerRunner runner() {
        return runner;
    }
}
