package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the scheduler asks of the device. Called by one thread. */
interface ModelSteps extends AutoCloseable {

    /** Whether the visual tokens of this image are there. Those that are asked for are kept longer than others. */
    boolean isEncoded(ImageKey image);

    /** Puts an image through the encoder and keeps its visual tokens for a while, at least until the next image. Those of another image may go. */
    void encode(ResizedImage image);

    /** Copies blocks, before anything else is computed. No block is copied and written to at once. */
    void copy(List<BlockCopy> copies);

    /**
     * Computes new positions of several sequences in one call. May be repeated with the same work.
     *
     * @param work together at most {@link #mostPositions} positions
     * @return logits after each work's last position, V numbers; null where none are wanted
     */
    List<float @Nullable []> compute(List<ModelWork> work);

    /** Makes later calls faster, by one weight and with the same results; false if they are as fast as they get, or cannot be made faster. */
    boolean makeFaster();

    /** Memory that {@link #makeFaster} will still take, in bytes. Any thread may ask. */
    long pendingBytes();

    /** New positions that one call takes at most. */
    int mostPositions();

    @Override
    void close();
}
