package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.error.ResourceExhaustedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandOverProcessorTest {
    static Stream<Throwable> refusals() {
        return Stream.of(new RejectedExecutionException("told to"), new InternalError("no thread left"));
    }

    /** With one worker a second image would wait for ever for a worker that was not given back. */
    @ParameterizedTest
    @MethodSource("refusals")
    void asksForEachImageAgainForWhichNoThreadCanBeHad(Throwable refusal) throws Exception {
        List<Boolean> done = new ArrayList<>();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getExecutorServiceManager().setThreadPoolFactory(new Refusing(refusal));
            camel.start();
            HandOverProcessor handOver = new HandOverProcessor(camel, "work", 1);
            handOver.start();
            for (int image = 0; image < 2; image++) {
                Exchange exchange = new DefaultExchange(camel);

                assertThat(handOver.process(exchange, done::add)).isTrue();

                assertThat(exchange.getException())
                        .isInstanceOf(ResourceExhaustedException.class)
                        .hasMessageContaining("comes again")
                        .hasCause(refusal);
            }
        }
        assertThat(done).containsExactly(true, true);
    }

    /** Makes pools that take no work. */
    private static final class Refusing extends DefaultThreadPoolFactory {
        private final Throwable refusal;

        Refusing(Throwable refusal) {
            this.refusal = refusal;
        }

        @Override
        public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
            return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                @Override
                public void execute(Runnable task) {
                    if (refusal instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) refusal;
                }
            };
        }
    }
}
