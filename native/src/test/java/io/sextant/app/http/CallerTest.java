package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A caller who goes while the question is being put: nobody is told of that afterwards. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class CallerTest {
    @Inject
    Caller caller;

    @Test
    void givesUpWhatACallerAskedWhoHasGoneMeanwhile() {
        CompletableFuture<String> question = new CompletableFuture<>();

        caller.ask(call(true), () -> question);

        assertThat(question).isCancelled();
    }

    @Test
    void waitsForTheAnswerWhileACallerIsThere() {
        CompletableFuture<String> question = new CompletableFuture<>();

        caller.ask(call(false), () -> question);

        assertThat(question).isNotDone();
        question.complete("answered, so that it counts no more");
    }

    @Test
    void countsNoQuestionThatCannotBePut() {
        for (int question = 0; question < 100; question++) {
            assertThatThrownBy(() -> caller.ask(call(false), () -> {
                        throw new NoClassDefFoundError("told to");
                    }))
                    .isInstanceOf(NoClassDefFoundError.class);
        }
    }

    /** A call whose handlers are called no more. */
    private static RoutingContext call(boolean isClosed) {
        HttpServerRequest request =
                fake(HttpServerRequest.class, Map.of("remoteAddress", SocketAddress.inetSocketAddress(1, "192.0.2.1")));
        HttpServerResponse response = fake(HttpServerResponse.class, Map.of("closed", isClosed));
        return fake(RoutingContext.class, Map.of("request", request, "response", response, "addEndHandler", 1));
    }

    /** Something whose methods return these. */
    private static <T> T fake(Class<T> type, Map<String, Object> returned) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> returned.get(method.getName())));
    }
}
