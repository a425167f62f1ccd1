package io.sextant.app.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sextant.app.security.CallOrder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A body of which nobody says what it is, is bytes; it would else be taken for the first thing that its path takes. */
@Singleton
final class UntypedBodies {
    void register(@Observes Filters filters) {
        filters.register(
                call -> {
                    if (call.request().method().equals(HttpMethod.POST)
                            && !call.request().headers().contains(HttpHeaders.CONTENT_TYPE)) {
                        call.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
                    }
                    call.next();
                },
                -CallOrder.LOGIN);
    }
}
