package io.sextant.app.security;

import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How often each caller asks. Thread-safe. */
@Singleton
public final class ClientRate {
    /*
     * For each caller the time at which all that was asked will have been paid for, at an even pace of one minute for the most that may
     * be asked in one. Whoever is not ahead of the clock owes nothing and need not be remembered.
     */
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final @Nullable Integer most;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Long> paidFor = new ConcurrentHashMap<>();
    private final AtomicLong swept;

    @Inject
    ClientRate(Toolkit toolkit) {
        this(toolkit.settings().http().maxRequestsPerMinute(), System::nanoTime);
    }

    /**
     * @param most questions of one caller in a minute; null for as many as there are
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    ClientRate(@Nullable Integer most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.swept = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * A caller asks something, which counts if it is allowed.
     *
     * @param client who logged in, or the address
     * @return 0 if that is allowed, else after how many seconds it will be
     */
    public int secondsToWait(String client) {
        if (most == null) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        sweep(now);
        long price = MINUTE_NANOS / most;
        long[] wait = new long[1];
        paidFor.compute(client, (name, before) -> {
            long begin = before == null || before - now < 0 ? now : before;
            wait[0] = begin + price - now - MINUTE_NANOS;
            return wait[0] > 0 ? before : Long.valueOf(begin + price);
        });
        return wait[0] <= 0 ? 0 : (int) ((wait[0] + 999_999_999L) / 1_000_000_000L);
    }

    /** Questions that one caller may ask in a minute; null for as many as there are. */
    public @Nullable Integer most() {
        return most;
    }

    /** Callers who are remembered. */
    int callers() {
        return paidFor.size();
    }

    private void sweep(long now) {
        long last = swept.get();
        if (now - last > MINUTE_NANOS && swept.compareAndSet(last, now)) {
            paidFor.values().removeIf(time -> time - now < 0);
        }
    }
}
