package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.StoredLetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Rejected messages in S3, as {@link S3MessageDeadLetter} writes them. What was replayed moves to {@code replayed/} in their place. */
final class S3MessageArchive implements DeadLetterArchive {
    private final S3Place place;
    private final S3Objects objects;

    S3MessageArchive(S3Place place, S3Objects objects) {
        this.place = place;
        this.objects = objects;
    }

    @Override
    public String place() {
        return place.toString();
    }

    /** Listed whole before the first is shown, since showing moves them. */
    @Override
    public void forEach(Consumer<StoredLetter> reader) {
        for (String name : names()) {
            read(name).ifPresent(reader);
        }
    }

    /**
     * Both are copied before either goes, the message first: a crash in between leaves a letter that is sent once more, or a reason
     * without a message, which is passed over.
     */
    @Override
    public void markReplayed(StoredLetter letter) {
        String message = place.prefix() + letter.position();
        List<String> keys = List.of(message, S3Keys.reason(message));
        for (String key : keys) {
            String target = place.prefix()
                    + MessageNames.replayed(key.substring(place.prefix().length()));
            if (!objects.copy(key, "", place.bucket(), target)) {
                throw new ConnectorException(
                        "Dead letter " + objects.uri(key)
                                + " has gone while it was replayed; look at what else works in " + place + ".",
                        null);
            }
        }
        keys.forEach(objects::delete);
    }

    @Override
    public void close() {}

    private List<String> names() {
        List<String> names = new ArrayList<>();
        @Nullable String continuation = null;
        do {
            ListObjectsV2Response page = objects.list(place, null, null, continuation);
            for (S3Object object : page.contents()) {
                String name = object.key().substring(place.prefix().length());
                if (MessageNames.isWaiting(name)) {
                    names.add(name);
                }
            }
            continuation = S3Objects.continuation(page);
        } while (continuation != null);
        return names;
    }

    private Optional<StoredLetter> read(String name) {
        String key = place.prefix() + name;
        Optional<S3Content> reason = objects.read(S3Keys.reason(key), Integer.MAX_VALUE);
        Optional<S3Content> message = objects.read(key, Integer.MAX_VALUE);
        if (reason.isEmpty() || message.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ReasonJson.read(name, reason.get().bytes(), message.get().bytes()));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConnectorException(
                    "Dead letters cannot be read: " + objects.uri(S3Keys.reason(key)) + " (" + e
                            + "); mend that object, or move it away.",
                    e);
        }
    }
}
