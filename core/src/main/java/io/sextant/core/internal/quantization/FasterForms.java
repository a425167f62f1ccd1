package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faster forms of a program's weights, which are made one after another while it multiplies without them already. Made by the thread
 * that computes; any thread may ask what is left.
 */
public final class FasterForms {
    private static final Logger LOGGER = LoggerFactory.getLogger(FasterForms.class);

    private final DeviceProgram program;
    private final Deque<FasterForm> left = new ArrayDeque<>();
    private final int count;
    private volatile long pendingBytes;
    private long nanos;

    /** @param weights opened in the program */
    public FasterForms(DeviceProgram program, Collection<QuantizedWeight> weights) {
        this.program = program;
        weights.stream()
                .map(QuantizedWeight::fasterForm)
                .flatMap(Optional::stream)
                .forEach(left::add);
        this.count = left.size();
        this.pendingBytes = left.stream().mapToLong(FasterForm::bytes).sum();
    }

    /** Bytes of the forms that are not made yet. */
    public long pendingBytes() {
        return pendingBytes;
    }

    /** Makes one; false if all are there. Where one cannot be made, the rest is left, for products need none. */
    public boolean makeNext() {
        FasterForm next = left.poll();
        if (next == null) {
            return false;
        }
        long start = System.nanoTime();
        try {
            next.make(program);
        } catch (RuntimeException | Error e) { // want of memory above all, of the device or of Java
            LOGGER.atWarn()
                    .addKeyValue("made", count - left.size() - 1)
                    .addKeyValue("of", count)
                    .addKeyValue("reason", e)
                    .log("no more weights get a form that makes products faster; answers stay the same");
            left.clear();
            pendingBytes = 0;
            return false;
        }
        nanos += System.nanoTime() - start;
        pendingBytes -= next.bytes();
        if (left.isEmpty()) {
            LOGGER.atInfo()
                    .addKeyValue("weights", count)
                    .addKeyValue("durationMs", nanos / 1_000_000)
                    .log("all weights have the form that makes products fastest");
        }
        return true;
    }
}
