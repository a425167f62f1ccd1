package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects of one bucket, with failures in our words. Thread-safe. */
final class S3Objects {
    private final S3Client client;
    private final String bucket;

    S3Objects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * Reads an object whole.
     *
     * @param maxBytes larger ones are refused, without reading further
     * @return empty if there is none
     * @throws InvalidImageException if it is too large or archived
     * @throws ConnectorException if S3 fails or refuses; a later attempt may succeed
     */
    Optional<S3Content> read(String key, long maxBytes) {
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(request -> request.bucket(bucket).key(key))) {
            Long length = in.response().contentLength();
            if (length != null && length > maxBytes) {
                in.abort();
                throw tooLarge(key, length + " bytes", maxBytes);
            }
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                in.abort();
                throw tooLarge(key, "more than " + maxBytes + " bytes", maxBytes);
            }
            return Optional.of(new S3Content(bytes, S3Stamp.tag(in.response().eTag())));
        } catch (S3Exception e) {
            if (S3Failures.isMissing(e)) {
                return Optional.empty();
            }
            if (S3Failures.isArchived(e)) {
                throw new InvalidImageException(
                        "Picture \"" + uri(key) + "\" is archived; restore it, and send it again.", e);
            }
            throw S3Failures.external("Object " + uri(key) + " cannot be read", e);
        } catch (SdkException e) {
            throw S3Failures.external("Object " + uri(key) + " cannot be read", e);
        } catch (IOException e) {
            throw new ConnectorException(
                    "Object " + uri(key) + " cannot be read to its end (" + e + "); it is tried again.", e);
        }
    }

    String bucket() {
        return bucket;
    }

    /** How messages call an object. */
    String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    private InvalidImageException tooLarge(String key, String size, long maxBytes) {
        return new InvalidImageException("Picture \"" + uri(key) + "\" has " + size
                + ", more than sextant.image.max-bytes=" + maxBytes + "; scale it down or raise the limit.");
    }
}
