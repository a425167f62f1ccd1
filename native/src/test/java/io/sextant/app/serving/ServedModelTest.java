package io.sextant.app.serving;

import static io.sextant.app.serving.ServingHarness.fingerprint;
import static io.sextant.app.serving.ServingHarness.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real models in turn: whoever asks holds on to one of them. */
final class ServedModelTest {
    @TempDir
    private Path folder;

    private ServingHarness harness;
    private OpenModel first;
    private OpenModel second;
    private ServedModel served;
    private ServedTaskRunner tasks;

    @BeforeEach
    void serve() {
        harness = new ServingHarness(folder);
        first = harness.open("a");
        second = harness.open("b");
        served = new ServedModel(first);
        tasks = harness.tasks(served);
    }

    @AfterEach
    void close() {
        served.close();
        first.close();
        second.close();
    }

    @Test
    void aLeaseKeepsItsModelWhenAnotherTakesItsPlace() {
        try (ModelLease lease = served.lease()) {
            CompletableFuture<@Nullable OpenModel> unused = served.replace(second);

            assertThat(fingerprint(lease.tasks().run("caption", question())))
                    .isEqualTo(first.info().fingerprint());
            assertThat(fingerprint(tasks.run("caption", question())))
                    .isEqualTo(second.info().fingerprint());
            assertThat(unused).as("while the lease lasts").isNotDone();
            lease.close();
            assertThat(unused).isCompletedWithValue(first);
        }
    }

    @Test
    void aSessionIsAnsweredByOneModel() {
        try (TaskSession session = tasks.session()) {
            TaskOutcome before = session.tasks().run("caption", question());
            CompletableFuture<@Nullable OpenModel> unused = served.replace(second);
            TaskOutcome behind = session.tasks()
                    .runAll(List.of(new TaskCall("caption", question())))
                    .get(0);

            assertThat(fingerprint(behind))
                    .isEqualTo(fingerprint(before))
                    .isEqualTo(first.info().fingerprint());
            assertThat(unused).isNotDone();
        }
        assertThat(served.info()).isEqualTo(second.info());
    }

    @Test
    void aModelThatNobodyAsksMayGoAtOnce() {
        tasks.run("caption", question());
        assertThat(served.replace(second)).isCompletedWithValue(first);
    }

    @Test
    void questionsWaitWhileThereIsNoModelAndAreAnsweredByTheNext() throws Exception {
        assertThat(served.withdraw()).isCompletedWithValue(first);
        CompletableFuture<TaskOutcome> answer =
                tasks.submit("caption", question()).toCompletableFuture();
        CompletableFuture<TaskOutcome> waited = CompletableFuture.supplyAsync(() -> tasks.run("caption", question()));

        assertThat(served.isThere()).isFalse();
        assertThatThrownBy(served::lease).isInstanceOf(ModelAwayException.class).hasMessageContaining("exchanged");
        assertThat(answer).isNotDone();
        served.replace(second);

        assertThat(fingerprint(answer.get(1, TimeUnit.MINUTES)))
                .isEqualTo(second.info().fingerprint());
        assertThat(fingerprint(waited.get(1, TimeUnit.MINUTES)))
                .isEqualTo(second.info().fingerprint());
    }

    @Test
    void isOpenWhileThereIsAModelThatAnswers() {
        assertThat(served.isOpen()).isTrue();
        served.withdraw();
        assertThat(served.isOpen()).isFalse();
        served.replace(second);
        assertThat(served.isOpen()).isTrue();

        second.model().close();

        assertThat(served.isOpen()).isFalse();
        assertThat(served.isThere()).as("to be exchanged").isTrue();
    }

    @Test
    void aQuestionThatIsGivenUpHoldsNoModel() {
        served.withdraw();
        CompletableFuture<TaskOutcome> answer =
                tasks.submit("caption", question()).toCompletableFuture();
        answer.cancel(false);
        served.replace(second);
        assertThat(served.withdraw()).isCompletedWithValue(second);
    }

    @Test
    void noMoreQuestionsWaitThanTheModelTakes() throws Exception {
        try (ServedModel narrow = narrow(2)) {
            ServedTaskRunner asked = harness.tasks(narrow);
            narrow.withdraw();
            CompletableFuture<TaskOutcome> waits =
                    asked.submit("caption", question()).toCompletableFuture();
            CompletableFuture<TaskOutcome> given =
                    asked.submit("caption", question()).toCompletableFuture();

            CompletableFuture<TaskOutcome> further =
                    asked.submit("caption", question()).toCompletableFuture();
            assertThatThrownBy(() -> further.get(1, TimeUnit.MINUTES))
                    .hasRootCauseInstanceOf(ModelBusyException.class)
                    .hasMessageContaining("2 requests wait")
                    .hasMessageContaining("sextant.model.queue-capacity");
            given.cancel(false);
            CompletableFuture<TaskOutcome> next =
                    asked.submit("caption", question()).toCompletableFuture();
            assertThat(next).as("the place of one that was given up").isNotDone();

            narrow.replace(second);
            for (CompletableFuture<TaskOutcome> each : List.of(waits, next)) {
                assertThat(fingerprint(each.get(1, TimeUnit.MINUTES)))
                        .isEqualTo(second.info().fingerprint());
            }
            assertThat(narrow.withdraw()).as("no lease was left over").isCompletedWithValue(second);
        }
    }

    private ServedModel narrow(int capacity) {
        ModelSettings settings = first.asked().settings();
        AskedModel asked = new AskedModel(
                first.asked().name(),
                settings.toBuilder().queueCapacity(capacity).build(),
                false);
        return new ServedModel(new OpenModel(asked, first.model(), first.tasks(), first.familiarity(), first.since()));
    }

    @Test
    void aQuestionDoesNotWaitForAModelBeyondItsDeadline() {
        served.withdraw();
        TaskInput late = due(Instant.now().plusMillis(200));
        CompletableFuture<TaskOutcome> answer = tasks.submit("caption", late).toCompletableFuture();

        assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
                .hasRootCauseInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining(String.valueOf(late.deadline()))
                .hasMessageContaining("exchanged");
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            assertThatThrownBy(() -> tasks.run("caption", late)).isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() ->
                            tasks.runAll(List.of(new TaskCall("caption", question()), new TaskCall("caption", late))))
                    .isInstanceOf(DeadlineExceededException.class);
        });
        served.replace(second);
        assertThat(served.withdraw()).as("no lease was left over").isCompletedWithValue(second);
    }

    private static TaskInput due(Instant deadline) {
        return TaskInput.builder(question().image())
                .settings(question().settings())
                .deadline(deadline)
                .build();
    }

    @Test
    void aQuestionThatFailsHoldsNoModel() {
        assertThatThrownBy(() -> tasks.run("none", question())).hasMessageContaining("none");
        assertThatThrownBy(tasks.submit("none", question()).toCompletableFuture()::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("none");
        assertThat(served.withdraw()).isCompletedWithValue(first);
    }

    @Test
    void whoWaitsIsRefusedWhenTheApplicationStops() {
        served.withdraw();
        CompletableFuture<TaskOutcome> answer =
                tasks.submit("caption", question()).toCompletableFuture();
        CompletableFuture<TaskOutcome> waits = CompletableFuture.supplyAsync(() -> tasks.run("caption", question()));
        served.stop();
        for (CompletableFuture<TaskOutcome> each : List.of(answer, waits)) {
            assertThatThrownBy(() -> each.get(1, TimeUnit.MINUTES))
                    .hasRootCauseInstanceOf(ResourceExhaustedException.class);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingComesAgain() throws Exception {
        served.withdraw();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                served.awaitLease(null).close();
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        waiting.start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        assertThat(failure.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("comes again");
        served.replace(second);
        assertThat(served.withdraw()).as("no lease was left over").isCompletedWithValue(second);
    }

    @Test
    void goesOnCountingWhenAnotherModelTakesThePlace() {
        tasks.run("caption", question());
        served.replace(second);
        tasks.run("caption", question());
        assertThat(served.statistics().completed()).isEqualTo(2);
        served.close(first);
        assertThat(served.statistics().completed()).isEqualTo(2);
        assertThat(served.statistics().blocks())
                .isEqualTo(second.model().statistics().blocks());
    }

    @Test
    void tellsWhoWantsToKnowThatAnotherModelIsThere() {
        List<String> told = new ArrayList<>();
        served.whenReplaced(() -> told.add(served.info().fingerprint()));
        served.replace(second);
        assertThat(told).containsExactly(second.info().fingerprint());
    }

    @Test
    void aModelThatComesAfterTheStopIsClosed() {
        served.close();
        served.replace(second);
        assertThatThrownBy(() -> second.tasks().run("caption", question()))
                .isInstanceOf(ResourceExhaustedException.class);
    }
}
