package io.sextant.core.internal.quantization;

import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.TensorContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells at every tenth of a long work how far it is and how long the rest will take. Thread-safe. */
public final class ByteProgress {
    private static final int PARTS = 10;
    private static final double GIBIBYTE = 1L << 30;

    private final String what;
    private final long total;
    private final Consumer<String> listener;
    private final long start = System.nanoTime();
    private long done;

    /**
     * @param what is being done, for instance {@code reducing the decoder to int4}
     * @param total bytes
     */
    public ByteProgress(String what, long total, Consumer<String> listener) {
        this.what = what;
        this.total = total;
        this.listener = listener;
    }

    /** So many more bytes are done. */
    public synchronized void done(long bytes) {
        long before = done * PARTS / Math.max(1, total);
        done += bytes;
        if (done < total && done * PARTS / total > before) {
            double seconds = (System.nanoTime() - start) / 1e9;
            listener.accept(String.format(
                    Locale.ROOT,
                    "%s: %.1f of %.1f GiB, %.0f s left",
                    what,
                    done / GIBIBYTE,
                    total / GIBIBYTE,
                    seconds * (total - done) / done));
        }
    }

    /** The same tensor, whose writing is told. */
    public TensorContent told(TensorContent content) {
        return new Told(content, this);
    }

    private record Told(TensorContent content, ByteProgress progress) implements TensorContent {
        @Override
        public String name() {
            return content.name();
        }

        @Override
        public ElementType type() {
            return content.type();
        }

        @Override
        public List<Long> shape() {
            return content.shape();
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public long writeTo(FileChannel channel, long position) throws IOException {
            long checksum = content.writeTo(channel, position);
            progress.done(size());
            return checksum;
        }
    }
}
