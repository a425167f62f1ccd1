package io.sextant.app.http;

import io.sextant.app.security.CallOrder;
import io.sextant.app.toolkit.Toolkit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes each body whole before anybody works on the call, so that who sends slowly holds up nobody: no thread waits for a body. All bodies
 * together have a bounded part of the memory, and each a bounded time. Thread-safe.
 */
@Singleton
final class OpenBodies {
    private static final int RETRY_SECONDS = 5;

    private final Bodies bodies;
    private final Duration most;
    private final long room;
    private final AtomicLong taken = new AtomicLong();

    @Inject
    OpenBodies(Bodies bodies, Toolkit toolkit) {
        this(
                bodies,
                toolkit.settings().http().bodyTimeout(),
                Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * @param most how long a body may take
     * @param room how many bytes all bodies may have together
     */
    OpenBodies(Bodies bodies, Duration most, long room) {
        this.bodies = bodies;
        this.most = most;
        this.room = room;
    }

    void register(@Observes Router router) {
        router.route().order(CallOrder.BODY).handler(this::take);
    }

    private void take(RoutingContext call) {
        HttpServerRequest request = call.request();
        // With HTTP/2, which is off unless somebody wants it, our resources read bodies themselves: they cannot have
        // one that was read.
        boolean isReadLater = request.version() == HttpVersion.HTTP_2 && !DoorFilter.isTools(call.normalizedPath());
        if (request.isEnded() || isReadLater) {
            call.next();
            return;
        }
        Body body = new Body(call);
        call.addEndHandler(ended -> body.release());
        request.handler(body::add);
        request.endHandler(ended -> body.whole());
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            call.response().writeContinue();
        }
        request.resume();
    }

    /** One body on its way. Used by the thread of its connection alone. */
    private final class Body {
        private final RoutingContext call;
        private Buffer bytes = Buffer.buffer();
        private final long timer;
        private long held;
        private boolean isOver;

        Body(RoutingContext call) {
            this.call = call;
            this.timer = call.vertx().setTimer(most.toMillis(), late -> endLate());
        }

        void add(Buffer part) {
            if (isOver) {
                return;
            }
            held += part.length();
            if (taken.addAndGet(part.length()) > room) {
                refuse(new Problem(
                        503,
                        "busy",
                        "Too much is being sent",
                        "All bodies that are being sent or answered together are larger than there is memory for;"
                                + " send this one later.",
                        RETRY_SECONDS));
                return;
            }
            bytes.appendBuffer(part);
            if (bytes.length() > bodies.maxBytes()) {
                refuse(bodies.tooLarge());
            }
        }

        void whole() {
            call.vertx().cancelTimer(timer);
            if (isOver) {
                return;
            }
            RoutingContextInternal inner = (RoutingContextInternal) call;
            inner.setBody(bytes);
            // Who reads bodies by Vert.x's own means is not to wait for another one.
            inner.visitHandler(RoutingContextInternal.BODY_HANDLER);
            call.next();
        }

        /** The call has ended, or its connection. A body that still comes, of a call that was refused, has no longer than others. */
        void release() {
            isOver = true;
            bytes = Buffer.buffer();
            taken.addAndGet(-held);
            held = 0;
        }

        private Future<Void> refuse(Problem problem) {
            if (isOver || call.response().headWritten()) {
                return Future.succeededFuture();
            }
            isOver = true;
            return problem.send(call);
        }

        private void endLate() {
            refuse(late()).onComplete(told -> call.request().connection().close());
        }

        private Problem late() {
            return new Problem(
                    408,
                    "body-late",
                    "The body comes too slowly",
                    "The body was not there after " + most.toMillis()
                            + " ms, as long as sextant.http.body-timeout allows; send it faster, or a smaller one.");
        }
    }
}
