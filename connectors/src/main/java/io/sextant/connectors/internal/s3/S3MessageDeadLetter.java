package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;

/** Rejected messages as objects: {@code <name>.message} as it came, and {@code <name>.message.reason.json} with why, its key and its headers. */
final class S3MessageDeadLetter implements DeadLetterSink {
    private final S3Place place;
    private final S3Objects objects;

    S3MessageDeadLetter(S3Place place, S3Objects objects) {
        this.place = place;
        this.objects = objects;
    }

    /** S3 may be away now; it is asked when there is something to write. */
    @Override
    public void open() {}

    @Override
    public void take(DeadLetter letter) {
        String name = MessageNames.message(letter.name());
        String key = S3Keys.parked(place, name);
        objects.put(S3Keys.reason(key), "application/json", ReasonJson.of(name, letter));
        byte[] body = letter.body();
        objects.put(key, "application/octet-stream", body == null ? new byte[0] : body);
    }
}
