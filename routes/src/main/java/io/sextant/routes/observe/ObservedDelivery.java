package io.sextant.routes.observe;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageContent;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import java.time.Duration;
import java.util.List;

/** A delivery whose images and end are told of. */
final class ObservedDelivery implements ImageDelivery {
    private final ImageDelivery delivery;
    private final PipelineListener listener;
    private final Stopwatch stopwatch = Stopwatch.start();
    private int images;

    ObservedDelivery(ImageDelivery delivery, PipelineListener listener) {
        this.delivery = delivery;
        this.listener = listener;
    }

    @Override
    public String name() {
        return delivery.name();
    }

    @Override
    public int attempt() {
        return delivery.attempt();
    }

    @Override
    public List<ImageRequest> requests() {
        List<ImageRequest> requests = delivery.requests();
        images = requests.size();
        if (requests.isEmpty()) {
            return requests;
        }
        // All images of a message have its headers.
        List<MessageHeader> headers =
                listener.messageBegan(delivery.name(), requests.get(0).headers());
        return requests.stream().map(request -> observed(request, headers)).toList();
    }

    private ImageRequest observed(ImageRequest request, List<MessageHeader> headers) {
        return new ImageRequest(
                request.name(),
                request.imageName(),
                request.key(),
                new ObservedContent(request.content(), listener),
                request.question(),
                headers);
    }

    @Override
    public boolean awaitTurn() {
        boolean hasCome = delivery.awaitTurn();
        if (!hasCome) {
            listener.messageEnded(MessageOutcome.POSTPONED, images, stopwatch.elapsed());
        }
        return hasCome;
    }

    @Override
    public void acknowledge() {
        delivery.acknowledge();
        listener.messageEnded(MessageOutcome.ANSWERED, images, stopwatch.elapsed());
    }

    @Override
    public void reject(Rejection rejection) {
        delivery.reject(rejection);
        listener.deadLetter(rejection.category());
        listener.messageEnded(MessageOutcome.REJECTED, images, stopwatch.elapsed());
    }

    @Override
    public Duration postpone() {
        Duration pause = delivery.postpone();
        listener.retry(pause);
        listener.messageEnded(MessageOutcome.POSTPONED, images, stopwatch.elapsed());
        return pause;
    }

    private record ObservedContent(ImageContent content, PipelineListener listener) implements ImageContent {
        @Override
        public byte[] read() {
            Stopwatch stopwatch = Stopwatch.start();
            boolean isRead = false;
            try {
                byte[] bytes = content.read();
                isRead = true;
                return bytes;
            } finally {
                listener.imageRead(isRead, stopwatch.elapsed());
            }
        }

        @Override
        public String nameOr(String usual) {
            return content.nameOr(usual);
        }
    }
}
