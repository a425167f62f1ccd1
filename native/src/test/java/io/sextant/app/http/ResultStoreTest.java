package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ResultStoreTest {
    private final SetClock clock = new SetClock();
    private final ResultStore store = new ResultStore(2, Duration.ofMinutes(10), clock);

    @Test
    void givesAnAnswerToWhoAskedAlone() {
        String id = store.keep("anna", CompletableFuture.completedFuture("{}"));
        assertThat(store.find("anna", id)).isPresent();
        assertThat(store.find("olga", id)).isEmpty();
        assertThat(store.remove("olga", id)).isFalse();
        assertThat(store.find("anna", id)).isPresent();
    }

    @Test
    void forgetsAnAnswerAfterItsTime() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        String id = store.keep("anna", answer);
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(store.find("anna", id)).as("not answered yet").isPresent();
        answer.complete("{}");
        clock.now = clock.now.plus(Duration.ofMinutes(9));
        assertThat(store.find("anna", id)).isPresent();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(store.find("anna", id)).isEmpty();
    }

    @Test
    void makesRoomWithTheCallersOwnOldestAnswers() {
        String others = store.keep("olga", CompletableFuture.completedFuture("{}"));
        String open = store.keep("anna", new CompletableFuture<>());
        String first = store.keep("anna", CompletableFuture.completedFuture("{}"));
        String second = store.keep("anna", CompletableFuture.completedFuture("{}"));
        assertThat(store.find("anna", first)).isEmpty();
        assertThat(store.find("anna", open)).as("not answered yet").isPresent();
        assertThat(store.find("anna", second)).isPresent();
        assertThat(store.find("olga", others)).isPresent();
    }

    /** Who waits for a long answer has not had the time to fetch it, whenever it was asked for. */
    @Test
    void anAnswerThatHasJustComeStaysBeforeOneThatWasThereLonger() {
        CompletableFuture<String> longAnswer = new CompletableFuture<>();
        String askedFirst = store.keep("anna", longAnswer);
        String thereLonger = store.keep("anna", CompletableFuture.completedFuture("{}"));
        longAnswer.complete("{}");

        store.keep("anna", CompletableFuture.completedFuture("{}"));

        assertThat(store.find("anna", thereLonger)).isEmpty();
        assertThat(store.find("anna", askedFirst)).isPresent();
    }

    @Test
    void givesUpWhatIsForgottenBeforeItIsAnswered() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        String id = store.keep("anna", answer);
        assertThat(store.remove("anna", id)).isTrue();
        assertThat(answer).isCancelled();
        assertThat(store.find("anna", id)).isEmpty();
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
