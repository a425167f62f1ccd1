package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.DrawingMark;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Results as objects below a prefix, under keys made of their images' names. S3 shows an object whole or not at all. */
final class S3Sink implements ResultSink {
    /** A larger object of this name was not written by us; nobody's time is spent on it. */
    private static final long MOST_BYTES = 16 << 20;

    private final S3Place place;
    private final S3Objects objects;

    S3Sink(S3Place place, S3Objects objects) {
        this.place = place;
        this.objects = objects;
    }

    /** S3 may be away now; it is asked when there is something to write. */
    @Override
    public void open() {}

    @Override
    public void publish(ImageResult result) {
        String key = S3Keys.json(place, result.name(), result.step());
        byte[] drawing = result.drawing();
        if (drawing != null) {
            objects.put(S3Keys.drawing(place, result.name(), result.step()), "image/png", DrawingMark.mark(drawing));
        }
        // Last, because it is what find() goes by.
        objects.put(key, "application/json", result.json().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<PublishedResult> find(String name, String step) {
        Optional<S3Content> json;
        try {
            json = objects.read(S3Keys.json(place, name, step), MOST_BYTES);
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
        return json.map(content -> new PublishedResult(
                new String(content.bytes(), StandardCharsets.UTF_8),
                objects.tag(S3Keys.drawing(place, name, step)).isPresent()));
    }
}
