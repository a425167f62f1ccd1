package io.sextant.app.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events on their way to one caller. They may be sent before anybody receives them, and wait until then; there are no more
 * than one answer has tokens, so that a slow caller costs little. Thread-safe.
 */
final class EventStream {
    /** The media type. */
    static final String MEDIA_TYPE = "text/event-stream";

    private final List<byte[]> waiting = new ArrayList<>();
    private @Nullable Receiver receiver;
    private boolean isEnded;

    /** Where events go. Called by one thread at a time. */
    interface Receiver {
        /** The next bytes. */
        void write(byte[] bytes);

        /** Nothing follows. */
        void end();
    }

    /**
     * An event without a name.
     *
     * @param data without line ends
     */
    void send(String data) {
        write("data: " + data + "\n\n");
    }

    /**
     * A named event.
     *
     * @param data without line ends
     */
    void send(String name, String data) {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** Nothing follows. */
    synchronized void end() {
        isEnded = true;
        if (receiver != null) {
            receiver.end();
        }
    }

    /** Gives over what waits, and from now on everything at once. */
    synchronized void receive(Receiver newReceiver) {
        receiver = newReceiver;
        waiting.forEach(newReceiver::write);
        waiting.clear();
        if (isEnded) {
            newReceiver.end();
        }
    }

    private synchronized void write(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        if (receiver == null) {
            waiting.add(bytes);
        } else {
            receiver.write(bytes);
        }
    }
}
