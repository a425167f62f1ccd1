package io.sextant.core.internal.schedule;

import io.sextant.core.internal.language.KeyValueCache;

/**
 * Prompts in a cache, ready to be answered.
 *
 * @param cache has room for the answers; closed with this
 * @param logits after each prompt, one row of V numbers each
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one request, never compared
record ComputedPrompt(KeyValueCache cache, float[][] logits) implements AutoCloseable {
    @Override
    public void close() {
        cache.close();
    }
}
