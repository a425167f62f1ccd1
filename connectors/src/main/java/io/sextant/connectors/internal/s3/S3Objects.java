package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.DrawingMark;
import io.sextant.connectors.internal.WrittenNames;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.SextantException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects of one bucket, with failures in our words. Thread-safe. */
final class S3Objects {
    /** S3 copies no larger object in one request. */
    static final long MOST_BYTES_COPIED = 5L << 30;

    private final S3Client client;
    private final String bucket;

    private final S3Writing writing;

    S3Objects(S3Client client, String bucket, S3Writing writing) {
        this.client = client;
        this.bucket = bucket;
        this.writing = writing;
    }

    /**
     * One page of a listing, in the order of keys; the next one continues where it ends.
     *
     * @param after only keys behind this one, or null for all; of no meaning to a page that continues
     * @param continuation where the page before ended, or null for the first
     */
    ListObjectsV2Response list(
            S3Place place, @Nullable String delimiter, @Nullable String after, @Nullable String continuation) {
        try {
            return client.listObjectsV2(request -> request.bucket(bucket)
                    .prefix(place.prefix())
                    .delimiter(delimiter)
                    .encodingType(EncodingType.URL)
                    .startAfter(after)
                    .continuationToken(continuation));
        } catch (SdkException e) {
            throw S3Failures.external("Bucket " + place + " cannot be listed", e);
        }
    }

    /** Where the page behind this one begins, or null if it is the last. */
    static @Nullable String continuation(ListObjectsV2Response page) {
        return Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    }

    /** The tag of what an object holds now; empty if there is none of this key. */
    Optional<String> tag(String key) {
        try {
            return Optional.of(S3Stamp.tag(
                    client.headObject(request -> request.bucket(bucket).key(key))
                            .eTag()));
        } catch (S3Exception e) {
            if (S3Failures.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Failures.external("Object " + uri(key) + " cannot be looked at", e);
        } catch (SdkException e) {
            throw S3Failures.external("Object " + uri(key) + " cannot be looked at", e);
        }
    }

    /** Writes an object whole; one of the same key is replaced. */
    void put(String key, String contentType, byte[] content) {
        try {
            PutObjectRequest.Builder request =
                    PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType);
            writing.apply(request);
            client.putObject(request.build(), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw S3Failures.external("Object " + uri(key) + " cannot be written", e);
        }
    }

    /**
     * Copies an object within S3, if it still is what it was.
     *
     * @param tag of what it was; empty if that does not matter
     * @return whether it was
     * @throws InvalidImageException if the object alone cannot be copied, for instance because it is archived
     */
    boolean copy(String key, String tag, String targetBucket, String targetKey) {
        try {
            client.copyObject(request -> request.sourceBucket(bucket)
                    .sourceKey(key)
                    .copySourceIfMatch(tag.isEmpty() ? null : "\"" + tag + "\"")
                    .destinationBucket(targetBucket)
                    .destinationKey(targetKey));
            return true;
        } catch (S3Exception e) {
            if (S3Failures.isMissing(e) || S3Failures.isChanged(e)) {
                return false;
            }
            if (S3Failures.isAboutTheObject(e)) {
                throw S3Failures.invalid(uri(key), e);
            }
            throw S3Failures.external(
                    "Object " + uri(key) + " cannot be copied to s3://" + targetBucket + "/" + targetKey, e);
        } catch (SdkException e) {
            throw S3Failures.external(
                    "Object " + uri(key) + " cannot be copied to s3://" + targetBucket + "/" + targetKey, e);
        }
    }

    /** Deletes an object; one that has gone is no failure. */
    void delete(String key) {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw S3Failures.external("Object " + uri(key) + " cannot be deleted", e);
        }
    }

    /** Another bucket of the same server, with the same credentials. */
    S3Objects in(String otherBucket) {
        return new S3Objects(client, otherBucket, writing);
    }

    /**
     * Reads an object whole.
     *
     * @param maxBytes larger ones are refused, without reading further
     * @return empty if there is none
     * @throws InvalidImageException if it is too large, archived, or cannot be had for another reason of its own
     * @throws ConnectorException if S3 fails or refuses; a later attempt may succeed
     */
    Optional<S3Content> read(String key, long maxBytes) {
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(request -> request.bucket(bucket).key(key))) {
            Long length = in.response().contentLength();
            if (length != null && length > maxBytes) {
                in.abort();
                throw InvalidImageException.tooLarge(uri(key), length, maxBytes);
            }
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                in.abort();
                throw InvalidImageException.tooLarge(uri(key), bytes.length, maxBytes);
            }
            return Optional.of(new S3Content(bytes, S3Stamp.tag(in.response().eTag())));
        } catch (S3Exception e) {
            if (S3Failures.isMissing(e)) {
                return Optional.empty();
            }
            throw unreadable(key, e);
        } catch (SdkException e) {
            throw unreadable(key, e);
        } catch (IOException e) {
            throw new ConnectorException(
                    "Object " + uri(key) + " cannot be read to its end (" + e + "); it is tried again.", e);
        }
    }

    /**
     * The first bytes of an object, fewer if it is shorter.
     *
     * @return empty if there is none of this key
     * @throws InvalidImageException if the object cannot be had for a reason of its own
     */
    Optional<byte[]> start(String key, int bytes) {
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(request -> request.bucket(bucket).key(key).range("bytes=0-" + (bytes - 1)))) {
            byte[] start = in.readNBytes(bytes);
            in.abort();
            return Optional.of(start);
        } catch (S3Exception e) {
            if (S3Failures.isMissing(e)) {
                return Optional.empty();
            }
            if (S3Failures.isEmptyRange(e)) {
                return Optional.of(new byte[0]);
            }
            throw unreadable(key, e);
        } catch (SdkException e) {
            throw unreadable(key, e);
        } catch (IOException e) {
            throw new ConnectorException(
                    "Object " + uri(key) + " cannot be read to its end (" + e + "); it is tried again.", e);
        }
    }

    /**
     * Whether an object is a drawing that Sextant wrote.
     *
     * @throws ConnectorException if S3 fails or refuses, which may be about this object alone
     */
    boolean isDrawing(String key) {
        try {
            return WrittenNames.maybeDrawing(key)
                    && start(key, DrawingMark.BYTES)
                            .filter(DrawingMark::isMarked)
                            .isPresent();
        } catch (InvalidImageException e) {
            return false;
        }
    }

    /** Whether an object that begins so, or is this, is a drawing that Sextant wrote. */
    static boolean isDrawing(String key, byte[] content) {
        return WrittenNames.maybeDrawing(key) && DrawingMark.isMarked(content);
    }

    private SextantException unreadable(String key, SdkException failure) {
        return S3Failures.isAboutTheObject(failure)
                ? S3Failures.invalid(uri(key), failure)
                : S3Failures.external("Object " + uri(key) + " cannot be read", failure);
    }

    /** How messages call an object. */
    String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
