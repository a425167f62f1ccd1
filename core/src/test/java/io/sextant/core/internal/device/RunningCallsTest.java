package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningCallsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RunningCalls calls = new RunningCalls();

    @Test
    void callsRunSideBySide() {
        assertThat(calls.make(() -> CompletableFuture.supplyAsync(() -> calls.make(() -> "inner"))
                        .join()))
                .isEqualTo("inner");
    }

    @Test
    void theEndWaitsForACallAndLetsNoneBegin() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> calls.make(() -> {
            started.countDown();
            wait(mayEnd);
            return "done";
        }));
        started.await();
        CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(() -> calls.end(LONG));

        assertThat(calls.end(Duration.ofMillis(50))).isFalse();
        assertThat(end).isNotDone();
        mayEnd.countDown();
        assertThat(end.join()).isTrue();
        assertThat(running.join()).isEqualTo("done");

        AtomicBoolean hasBegun = new AtomicBoolean();
        Thread late = new Thread(() -> calls.make(() -> {
            hasBegun.set(true);
            return "late";
        }));
        late.setDaemon(true);
        late.start();
        while (late.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(hasBegun).isFalse();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
