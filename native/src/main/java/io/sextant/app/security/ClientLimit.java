package io.sextant.app.security;

import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many questions each caller has open. Thread-safe. */
@Singleton
public final class ClientLimit {
    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    @Inject
    ClientLimit(Toolkit toolkit) {
        this(toolkit.settings().http().maxConcurrentRequests());
    }

    ClientLimit(int most) {
        this.most = most;
    }

    /**
     * A caller asks something. Whoever gets true calls {@link #leave} exactly once.
     *
     * @param client who logged in, or the address
     * @return whether that is within the limit
     */
    public boolean enter(String client) {
        boolean[] isEntered = new boolean[1];
        open.compute(client, (name, count) -> {
            int before = count == null ? 0 : count;
            isEntered[0] = before < most;
            return isEntered[0] ? Integer.valueOf(before + 1) : count;
        });
        return isEntered[0];
    }

    /** What a caller asked has come to an end. */
    public void leave(String client) {
        open.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Questions that one caller may have open at once. */
    public int most() {
        return most;
    }
}
