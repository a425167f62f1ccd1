package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread of a route is let go while the model works. */
class AsynchronousAnswerTest {
    private static final byte[] PNG = Images.png(20, 10, 0x336699);

    private final Promises runner = new Promises();
    private final CamelContext camel = new DefaultCamelContext();
    private final List<Boolean> done = new ArrayList<>();

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", runner);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private boolean process(Exchange exchange) throws Exception {
        return camel.getEndpoint("sextant:caption?output=TEXT")
                .createAsyncProducer()
                .process(exchange, done::add);
    }

    private Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    @Test
    void returnsAtOnceAndGoesOnWhenTheAnswerIsThere() throws Exception {
        Exchange exchange = exchange(PNG);

        assertThat(process(exchange)).isFalse();
        assertThat(done).isEmpty();

        runner.answer(0);
        assertThat(done).containsExactly(false);
        assertThat(exchange.getMessage().getBody()).isEqualTo("a cat");
    }

    @Test
    void keepsWhatAnAnswerFailedWith() throws Exception {
        Exchange exchange = exchange(PNG);
        process(exchange);

        runner.promised.get(0).completeExceptionally(new ResourceExhaustedException("No room; try again later."));

        assertThat(done).containsExactly(false);
        assertThat(exchange.getException()).isInstanceOf(ResourceExhaustedException.class);
    }

    @Test
    void goesOnOnceAWholeBatchIsAnswered() throws Exception {
        Exchange exchange = exchange(List.of(PNG, PNG));

        assertThat(process(exchange)).isFalse();
        runner.answer(1);
        assertThat(done).isEmpty();
        runner.answer(0);

        assertThat(done).containsExactly(false);
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of("a cat", "a cat"));
    }

    @Test
    void givesABatchUpWithItsFirstFailure() throws Exception {
        Exchange exchange = exchange(List.of(PNG, PNG, PNG));
        process(exchange);

        runner.promised.get(1).completeExceptionally(new ResourceExhaustedException("No room; try again later."));

        assertThat(runner.promised.get(0)).isCancelled();
        assertThat(runner.promised.get(2)).isCancelled();
        assertThat(done).containsExactly(false);
        assertThat(exchange.getException()).isInstanceOf(ResourceExhaustedException.class);
    }

    @Test
    void asksNothingMoreOfABatchWhoseFirstImageIsRefused() throws Exception {
        runner.isRefusing = true;
        Exchange exchange = exchange(List.of(PNG, PNG, PNG));

        assertThat(process(exchange)).isTrue();
        assertThat(runner.promised).hasSize(1);
        assertThat(exchange.getException()).isInstanceOf(ResourceExhaustedException.class);
    }

    @Test
    void givesABatchUpWhoseLaterImageCannotBeAsked() throws Exception {
        runner.most = 1;
        Exchange exchange = exchange(List.of(PNG, PNG));

        assertThat(process(exchange)).isTrue();
        assertThat(runner.promised.get(0)).isCancelled();
        assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsWhatIsWrongWithAMessageOnItsOwnThread() throws Exception {
        Exchange exchange = exchange("no image");

        assertThat(process(exchange)).isTrue();
        assertThat(done).containsExactly(true);
        assertThat(exchange.getException()).hasMessageContaining("needs an image");
    }

    @Test
    void goesOnWhereAnErrorIsThrownWhileAMessageIsRead() throws Exception {
        Exchange exchange = exchange(new Unreadable());

        assertThat(process(exchange)).isTrue();
        assertThat(done).containsExactly(true);
        assertThat(exchange.getException())
                .isInstanceOf(ModelDefectException.class)
                .hasRootCauseMessage("told to");
    }

    @Test
    void goesOnWhereAnErrorIsThrownWhileAnAnswerIsWritten() throws Exception {
        Exchange exchange = exchange(PNG);
        process(exchange);
        exchange.setMessage(new Unwritable(camel));

        runner.answer(0);

        assertThat(done).containsExactly(false);
        assertThat(exchange.getException())
                .isInstanceOf(ModelDefectException.class)
                .hasRootCauseMessage("told to");
    }

    @Test
    void goesOnOnceWhereWhatComesAfterwardsFails() throws Exception {
        runner.isAtOnce = true;
        AsyncProcessor step = camel.getEndpoint("sextant:caption?output=TEXT").createAsyncProducer();

        assertThatThrownBy(() -> step.process(exchange(PNG), isSync -> {
                    done.add(isSync);
                    throw new IllegalStateException("told to");
                }))
                .hasMessage("told to");

        assertThat(done).containsExactly(true);
    }

    @Test
    void answersOnTheThreadOfATransaction() throws Exception {
        runner.isAtOnce = true;
        Exchange exchange = exchange(PNG);
        exchange.getExchangeExtension().setTransacted(true);

        assertThat(process(exchange)).isTrue();
        assertThat(exchange.getMessage().getBody()).isEqualTo("a cat");
    }

    /** A stream whose class cannot be loaded to the end. */
    private static final class Unreadable extends InputStream {
        @Override
        public int read() {
            throw new NoClassDefFoundError("told to");
        }
    }

    /** A message that takes no answer. */
    private static final class Unwritable extends DefaultMessage {
        Unwritable(CamelContext camel) {
            super(camel);
        }

        @Override
        public void setBody(Object body) {
            throw new NoClassDefFoundError("told to");
        }
    }

    /** Promises answers, and keeps its word when told to. */
    private static final class Promises implements TaskRunner {
        private final TaskRunner answering =
                new ModelTaskRunner(FakeVisionLanguageModel.answering("a cat"), TaskRegistries.discover());
        private final List<CompletableFuture<TaskOutcome>> promised = new ArrayList<>();
        private final List<TaskInput> inputs = new ArrayList<>();
        private boolean isAtOnce;
        private boolean isRefusing;
        private int most = Integer.MAX_VALUE;

        @Override
        public TaskOutcome run(String task, TaskInput input) {
            return answering.run(task, input);
        }

        @Override
        public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
            if (promised.size() == most) {
                throw new IllegalStateException("told to");
            }
            CompletableFuture<TaskOutcome> promise = new CompletableFuture<>();
            promised.add(promise);
            inputs.add(input);
            if (isRefusing) {
                promise.completeExceptionally(new ResourceExhaustedException("No room; try again later."));
            }
            if (isAtOnce) {
                answer(promised.size() - 1);
            }
            return promise;
        }

        void answer(int number) {
            promised.get(number).complete(answering.run("caption", inputs.get(number)));
        }

        @Override
        public TaskRegistry registry() {
            return answering.registry();
        }
    }
}
