package io.sextant.core.internal.schedule;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.KeyValueCache;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts prompts into key/value caches: images through the encoder, text through the embeddings, all through the decoder's layers.
 * What several questions about an image share is computed once. Its owner's lock guards it.
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
     * @param watch gets the time for images and for the prompt
     */
    ComputedPrompt compute(List<PromptPart> parts, List<RgbImage> images, int capacity, Stopwatch watch) {
        return computeTogether(List.of(parts), List.of(images), capacity, watch);
    }

    /**
     * Several prompts in one cache, left padded to the longest as the reference does. Where all begin with the same text and
     * image, that beginning is computed once and the padding follows it.
     *
     * @param images those of each prompt
     * @param capacity positions for the longest prompt and its answer
     */
    ComputedPrompt computeTogether(
            List<List<PromptPart>> prompts, List<List<RgbImage>> images, int capacity, Stopwatch watch) {
        if (!isBeginningShared(prompts, images)) {
            int[] padding = padding(prompts);
            return advance(decoder.newCache(padding, capacity), prompts, images, padding, watch);
        }
        List<PromptPart> beginning = prompts.get(0).subList(0, 2);
        List<List<PromptPart>> rest =
                prompts.stream().map(parts -> parts.subList(2, parts.size())).toList();
        int[] padding = padding(rest);
        RgbImage image = images.get(0).get(((PromptPart.ImagePlace) beginning.get(1)).index());
        KeyValueCache cache;
        try (Lease lease = lease(image, watch)) {
            int[] ids = ((PromptPart.Tokens) beginning.get(0)).ids();
            cache = decoder.fork(prefix(lease, ids), padding, capacity);
        }
        return advance(cache, rest, images, padding, watch);
    }

    /** Whether every prompt is the same text, the same image, and something more. */
    private static boolean isBeginningShared(List<List<PromptPart>> prompts, List<List<RgbImage>> images) {
        List<PromptPart> first = prompts.get(0);
        for (int i = 0; i < prompts.size(); i++) {
            List<PromptPart> parts = prompts.get(i);
            boolean isShared = parts.size() > 2
                    && first.get(0) instanceof PromptPart.Tokens expected
                    && first.get(1) instanceof PromptPart.ImagePlace expectedPlace
                    && parts.get(0) instanceof PromptPart.Tokens tokens
                    && parts.get(1) instanceof PromptPart.ImagePlace place
                    && Arrays.equals(tokens.ids(), expected.ids())
                    && ImageKey.of(images.get(i).get(place.index()))
                            .equals(ImageKey.of(images.get(0).get(expectedPlace.index())));
            if (!isShared) {
                return false;
            }
        }
        return true;
    }

    /** How much each prompt is shorter than the longest. */
    private int[] padding(List<List<PromptPart>> prompts) {
        int longest = prompts.stream().mapToInt(this::length).max().orElse(0);
        return prompts.stream().mapToInt(parts -> longest - length(parts)).toArray();
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

    /** Puts the prompts' embeddings, each padded to the longest, through the decoder; closes the cache if that fails. */
    private ComputedPrompt advance(
            KeyValueCache cache,
            List<List<PromptPart>> prompts,
            List<List<RgbImage>> images,
            int[] padding,
            Stopwatch watch) {
        int columns = padding[0] + length(prompts.get(0));
        try (DeviceTensor embeddings = embedRows(prompts, images, padding, watch);
                DeviceTensor hidden = decoder.advance(cache, embeddings, columns)) {
            return new ComputedPrompt(cache, decoder.lastLogits(hidden));
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        } finally {
            watch.lap(Stopwatch.Part.PREFILL);
        }
    }

    /** Embeddings of several prompts, (B, T, D). */
    private DeviceTensor embedRows(
            List<List<PromptPart>> prompts, List<List<RgbImage>> images, int[] padding, Stopwatch watch) {
        @Nullable DeviceTensor batch = null;
        for (int row = 0; row < padding.length; row++) {
            DeviceTensor embeddings = embed(prompts.get(row), images.get(row), watch);
            if (padding[row] > 0) {
                embeddings = decoder.join(decoder.padding(padding[row]), embeddings, 1);
            }
            batch = batch == null ? embeddings : decoder.join(batch, embeddings, 0);
        }
        return Objects.requireNonNull(batch, "no prompt");
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

    /** The image's context, computed if it is not in the cache. */
    private Lease lease(RgbImage image, Stopwatch watch) {
        ImageKey key = ImageKey.of(image);
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

    /** Visual tokens and a usual prompt beginning; every image takes the same. */
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
    private record ImageKey(String digest, int width, int height, int orientation) {
        static ImageKey of(RgbImage image) {
            return new ImageKey(image.digest(), image.width(), image.height(), image.orientation());
        }
    }

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
