package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.archive.StoredImage;
import io.sextant.connectors.internal.WrittenNames;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix, a page of S3's after another. */
final class S3Images implements ImageArchive {
    private final S3Place place;
    private final S3Objects objects;

    S3Images(S3Place place, S3Objects objects) {
        this.place = place;
        this.objects = objects;
    }

    @Override
    public String place() {
        return place.toString();
    }

    @Override
    public void forEach(@Nullable String after, Consumer<StoredImage> images) {
        String start = after == null ? null : place.prefix() + after;
        String continuation = null;
        do {
            ListObjectsV2Response page = objects.list(place, null, start, continuation);
            for (S3Object object : page.contents()) {
                if (isTaken(object.key())) {
                    images.accept(new StoredImage(
                            objects.uri(object.key()),
                            object.key().substring(place.prefix().length()),
                            object.size(),
                            object.lastModified()));
                }
            }
            continuation = S3Objects.continuation(page);
        } while (continuation != null);
    }

    /** As a source takes them. */
    private boolean isTaken(String key) {
        String name = key.substring(place.folder().length());
        return !key.endsWith("/")
                && !WrittenNames.isWritten(key)
                && !WrittenNames.isHidden(name)
                && !S3Place.isClimbing(key)
                && !isDrawing(key);
    }

    /** One that S3 does not let be looked at is not told from an image, as by a source: who reads it meets the same. */
    private boolean isDrawing(String key) {
        try {
            return objects.isDrawing(key);
        } catch (ConnectorException e) {
            if (S3Failures.isRefusal(e)) {
                return false;
            }
            throw e;
        }
    }
}
