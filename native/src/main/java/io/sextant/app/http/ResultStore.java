package io.sextant.app.http;

import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are fetched later, each by who asked alone. So many for each caller, and each for so long; what is not answered yet is not
 * forgotten. Thread-safe.
 */
@Singleton
final class ResultStore {
    private static final int ID_BYTES = 16;

    private final int mostOfEach;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** In the order in which they were asked for and, once they are there, answered; guarded by this. */
    private final Map<String, Kept> results = new LinkedHashMap<>();

    @Inject
    ResultStore(Toolkit toolkit) {
        this(toolkit.settings().http().maxResults(), toolkit.settings().http().resultLifetime(), Clock.systemUTC());
    }

    ResultStore(int mostOfEach, Duration lifetime, Clock clock) {
        this.mostOfEach = mostOfEach;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Keeps an answer, finished or not.
     *
     * @param owner who asked
     * @return what it is fetched by; nobody can guess it
     */
    synchronized String keep(String owner, CompletableFuture<String> answer) {
        forgetOld();
        makeRoom(owner);
        byte[] number = new byte[ID_BYTES];
        random.nextBytes(number);
        String id = HexFormat.of().formatHex(number);
        Kept kept = new Kept(owner, answer);
        results.put(id, kept);
        answer.whenComplete((document, failure) -> ended(id, kept));
        return id;
    }

    /** The answer of this id, where this caller asked for it and it is still kept. */
    synchronized Optional<CompletableFuture<String>> find(String owner, String id) {
        forgetOld();
        Kept kept = results.get(id);
        return kept != null && kept.owner.equals(owner) ? Optional.of(kept.answer) : Optional.empty();
    }

    /** Forgets an answer; what is not answered yet is given up. */
    boolean remove(String owner, String id) {
        Optional<CompletableFuture<String>> answer;
        synchronized (this) {
            answer = find(owner, id);
            answer.ifPresent(found -> results.remove(id));
        }
        answer.ifPresent(found -> found.cancel(false));
        return answer.isPresent();
    }

    private synchronized void ended(String id, Kept kept) {
        kept.endedAt = clock.instant();
        if (results.remove(id, kept)) {
            results.put(id, kept);
        }
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(lifetime);
        results.values().removeIf(kept -> kept.endedAt != null && !kept.endedAt.isAfter(oldest));
    }

    private void makeRoom(String owner) {
        long held = results.values().stream()
                .filter(kept -> kept.owner.equals(owner))
                .count();
        for (Iterator<Kept> all = results.values().iterator(); held >= mostOfEach && all.hasNext(); ) {
            Kept kept = all.next();
            if (kept.owner.equals(owner) && kept.endedAt != null) {
                all.remove();
                held--;
            }
        }
    }

    /** An answer, and since when it is there. */
    private static final class Kept {
        private final String owner;
        private final CompletableFuture<String> answer;
        private @Nullable Instant endedAt;

        Kept(String owner, CompletableFuture<String> answer) {
            this.owner = owner;
            this.answer = answer;
        }
    }
}
