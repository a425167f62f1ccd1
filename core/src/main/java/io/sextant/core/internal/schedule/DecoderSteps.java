package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.language.SequenceRun;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.vision.ImagePreprocessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps on the device: the image encoder, the decoder, and the memory for keys and values. */
final class DecoderSteps implements ModelSteps {
    /** Images whose visual tokens are kept beside their keys and values. */
    static final int KEPT_IMAGES = 4;

    private final ImageEncoder encoder;
    private final LanguageDecoder decoder;
    private final BlockStorage storage;
    private final EncodedImages images;
    private volatile @Nullable ImageObserver observer;

    /** Takes ownership of all four. */
    DecoderSteps(ImageEncoder encoder, LanguageDecoder decoder, BlockStorage storage, EncodedImages images) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.storage = storage;
        this.images = images;
    }

    /** Who hears of every image from now on. Any thread. */
    void observe(ImageObserver value) {
        observer = value;
    }

    @Override
    public boolean isEncoded(ImageKey image) {
        return images.contains(image);
    }

    @Override
    public void encode(ResizedImage image) {
        DeviceTensor tokens = encoder.encode(ImagePreprocessor.normalise(image.rgb()));
        images.keep(image.key(), tokens);
        ImageObserver hearer = observer;
        if (hearer != null) {
            ImageKey key = image.key();
            hearer.encoded(
                    key.digest(), key.width(), key.height(), encoder.program().floats(tokens));
        }
    }

    @Override
    public void copy(List<BlockCopy> copies) {
        decoder.copyBlocks(
                storage,
                copies.stream().mapToInt(BlockCopy::source).toArray(),
                copies.stream().mapToInt(BlockCopy::target).toArray());
    }

    @Override
    public List<float @Nullable []> compute(List<ModelWork> work) {
        List<SequenceRun> runs = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        int positions = 0;
        for (ModelWork each : work) {
            runs.add(new SequenceRun(each.blocks(), each.start(), each.ids().length));
            positions += each.ids().length;
            if (each.wantsLogits()) {
                wanted.add(positions - 1);
            }
        }
        List<float @Nullable []> results = new ArrayList<>(Collections.nCopies(work.size(), null));
        try (DeviceTensor embeddings = embed(work, positions);
                DeviceTensor hidden = decoder.forward(storage, runs, embeddings)) {
            if (wanted.isEmpty()) {
                return results;
            }
            float[][] logits = decoder.logits(
                    hidden, wanted.stream().mapToInt(Integer::intValue).toArray());
            int next = 0;
            for (int i = 0; i < results.size(); i++) {
                if (work.get(i).wantsLogits()) {
                    results.set(i, logits[next++]);
                }
            }
            return results;
        }
    }

    private DeviceTensor embed(List<ModelWork> work, int positions) {
        int[] ids = new int[positions];
        int start = 0;
        for (ModelWork each : work) {
            System.arraycopy(each.ids(), 0, ids, start, each.ids().length);
            start += each.ids().length;
        }
        DeviceTensor embeddings = decoder.embed(ids);
        try {
            start = 0;
            for (ModelWork each : work) {
                for (ImageSpan span : each.images()) {
                    DeviceTensor visual =
                            images.find(each.resized().get(span.image()).key());
                    decoder.placeVisual(
                            embeddings,
                            start + span.offset(),
                            Objects.requireNonNull(visual, "encoded before"),
                            span.first(),
                            span.count());
                }
                start += each.ids().length;
            }
            return embeddings;
        } catch (RuntimeException e) {
            embeddings.close();
            throw e;
        }
    }

    @Override
    public boolean makeFaster() {
        return decoder.makeFaster();
    }

    @Override
    public long pendingBytes() {
        return decoder.pendingBytes();
    }

    @Override
    public int mostPositions() {
        return LanguageDecoder.MOST_POSITIONS;
    }

    /** Frees the memory and the weights; may be called twice. */
    @Override
    public void close() {
        images.close();
        storage.close();
        decoder.close();
        encoder.close();
    }
}
