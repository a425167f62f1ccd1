package io.sextant.core.internal.schedule;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.KeyValueCache;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts prompts into key/value caches: pictures through the encoder, text through the embeddings, all through the decoder's layers.
 * What several questions about a picture share is computed once. Its owner's lock guards it.
 */
final class PromptComputer implements AutoCloseable {
    private final ImageEncoder encoder;
    private final LanguageDecoder decoder;
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private final ContextCache<ImageKey, ImageContext> contexts;

    PromptComputer(ImageEncoder encoder, LanguageDecoder decoder, long cacheBytes) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.contexts = new ContextCache<>(cacheBytes);
    }

    /**
     * One prompt, its beginning taken from the cache where it is there.
     *
     * @param capacity positions for prompt and answer
     * @param watch gets the time for pictures and for the prompt
     */
    ComputedPrompt compute(List<PromptPart> parts, List<RgbImage> images, int capacity, Stopwatch watch) {
        if (parts.size() > 2
                && parts.get(0) instanceof PromptPart.Tokens before
                && parts.get(1) instanceof PromptPart.ImagePlace place) {
            RgbImage image = images.get(place.index());
            try (Lease lease = lease(image, watch)) {
                KeyValueCache prefix = prefix(lease, before.ids());
                KeyValueCache cache = decoder.fork(prefix, 1, capacity);
                return advance(cache, parts.subList(2, parts.size()), images, watch);
            }
        }
        return advance(decoder.newCache(new int[1], capacity), parts, images, watch);
    }

    /** Several prompts of different length in one cache, left padded to the longest as the reference does. */
    ComputedPrompt computeTogether(
            List<List<PromptPart>> prompts, List<List<RgbImage>> images, int[] lengths, int capacity, Stopwatch watch) {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        int[] padding = new int[lengths.length];
        @Nullable DeviceTensor batch = null;
        for (int row = 0; row < lengths.length; row++) {
            padding[row] = longest - lengths[row];
            DeviceTensor embeddings = embed(prompts.get(row), images.get(row), watch);
            if (padding[row] > 0) {
                embeddings = decoder.join(decoder.padding(padding[row]), embeddings, 1);
            }
            batch = batch == null ? embeddings : decoder.join(batch, embeddings, 0);
        }
        if (batch == null) {
            throw new IllegalArgumentException("no prompt");
        }
        return advance(decoder.newCache(padding, capacity), batch, longest, watch);
    }

    private KeyValueCache prefix(Lease lease, int[] ids) {
        return lease.context.prefix(ids).orElseGet(() -> {
            int length = ids.length + encoder.dimensions().visualTokens();
            KeyValueCache computed = decoder.newCache(new int[1], length);
            try (DeviceTensor text = decoder.embed(ids);
                    DeviceTensor both = decoder.joinShared(text, lease.context.visualTokens(), 1)) {
                decoder.advance(computed, both, length).close();
            }
            lease.context.keepPrefix(ids, computed);
            return computed;
        });
    }

    private ComputedPrompt advance(
            KeyValueCache cache, List<PromptPart> parts, List<RgbImage> images, Stopwatch watch) {
        return advance(cache, embed(parts, images, watch), length(parts), watch);
    }

    private ComputedPrompt advance(KeyValueCache cache, DeviceTensor embeddings, int length, Stopwatch watch) {
        try (embeddings;
                DeviceTensor hidden = decoder.advance(cache, embeddings, length)) {
            return new ComputedPrompt(cache, decoder.lastLogits(hidden));
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        } finally {
            watch.lap(Stopwatch.Part.PREFILL);
        }
    }

    /** Embeddings of a prompt's parts, (1, T, D). */
    private DeviceTensor embed(List<PromptPart> parts, List<RgbImage> images, Stopwatch watch) {
        @Nullable DeviceTensor joined = null;
        for (PromptPart part : parts) {
            DeviceTensor next;
            if (part instanceof PromptPart.Tokens tokens) {
                next = decoder.embed(tokens.ids());
            } else if (part instanceof PromptPart.ImagePlace place) {
                try (Lease lease = lease(images.get(place.index()), watch)) {
                    next = decoder.copy(lease.context.visualTokens());
                }
            } else {
                throw new IllegalStateException("unknown prompt part " + part);
            }
            joined = joined == null ? next : decoder.join(joined, next, 1);
        }
        if (joined == null) {
            throw new IllegalArgumentException("a prompt has at least one part");
        }
        return joined;
    }

    private int length(List<PromptPart> parts) {
        return parts.stream()
                .mapToInt(part -> part instanceof PromptPart.Tokens tokens
                        ? tokens.ids().length
                        : encoder.dimensions().visualTokens())
                .sum();
    }

    /** The picture's context, computed if it is not in the cache. */
    private Lease lease(RgbImage image, Stopwatch watch) {
        ImageKey key = new ImageKey(image.digest(), image.width(), image.height(), image.orientation());
        ImageContext kept = contexts.find(key).orElse(null);
        if (kept != null) {
            return new Lease(kept, false);
        }
        float[] pixels = preprocessor.pixelValues(image, encoder.dimensions().imageSize());
        ImageContext computed = new ImageContext(encoder.encode(pixels));
        watch.lap(Stopwatch.Part.ENCODE);
        boolean isKept = contexts.fits(contextBytes());
        if (isKept) {
            contexts.keep(key, computed, contextBytes());
        }
        return new Lease(computed, !isKept);
    }

    /** Visual tokens and a usual prompt beginning; every picture takes the same. */
    private long contextBytes() {
        long positions = encoder.dimensions().visualTokens();
        long tokenBytes = (long) decoder.dimensions().hidden()
                * decoder.program().precision().bytes();
        return positions * (tokenBytes + decoder.bytesPerPosition()) + 16 * decoder.bytesPerPosition();
    }

    @Override
    public void close() {
        contexts.close();
    }

    /** The same bytes decode differently under another orientation policy, so the sizes belong to the key. */
    private record ImageKey(String digest, int width, int height, int orientation) {}

    /** A context in use: closed with the lease if the cache had no room for it. */
    private static final class Lease implements AutoCloseable {
        private final ImageContext context;
        private final boolean isOwned;

        Lease(ImageContext context, boolean isOwned) {
            this.context = context;
            this.isOwned = isOwned;
        }

        @Override
        public void close() {
            if (isOwned) {
                context.close();
            }
        }
    }
}
