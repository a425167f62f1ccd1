package io.sextant.connectors.internal.s3;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets in memory, listed two objects at a time, whose next request can be made to fail. */
final class MemoryS3 implements S3Client {
    private static final int PAGE = 2;

    private final TreeMap<String, Entry> objects = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private @Nullable RuntimeException readFailure;
    private @Nullable Runnable beforeCopy;
    private @Nullable String denied;
    private long clock;

    static S3Exception answer(int status, String code) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .message(code)
                .build();
    }

    void put(String bucket, String key, String content) {
        put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    void put(String bucket, String key, byte[] content) {
        objects.put(
                bucket + "/" + key, new Entry(content, DigestUtils.md5Hex(content), Instant.ofEpochSecond(clock++)));
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    String content(String bucketAndKey) {
        return new String(
                java.util.Objects.requireNonNull(objects.get(bucketAndKey)).content(), StandardCharsets.UTF_8);
    }

    /** What was asked, as method and key. */
    List<String> requests() {
        return requests;
    }

    /** All requests fail so, until null. */
    void failWith(@Nullable RuntimeException value) {
        failure = value;
    }

    /** What gives an object's content fails so, until null. */
    void failReadsWith(@Nullable RuntimeException value) {
        readFailure = value;
    }

    /** Nobody may read or look at this object, until null; it is listed like any other. */
    void deny(@Nullable String bucketAndKey) {
        denied = bucketAndKey;
    }

    void failAsAway() {
        failWith(SdkClientException.create("Connection refused"));
    }

    void beforeCopy(Runnable action) {
        beforeCopy = action;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        asked("list", request.prefix());
        String prefix = request.bucket() + "/" + (request.prefix() == null ? "" : request.prefix());
        List<S3Object> page = new ArrayList<>();
        String begin = request.startAfter() == null ? "" : request.bucket() + "/" + request.startAfter();
        String after = request.continuationToken() == null ? begin : request.continuationToken();
        for (var entry : objects.tailMap(after, false).entrySet()) {
            if (entry.getKey().startsWith(prefix) && page.size() < PAGE) {
                page.add(S3Object.builder()
                        .key(entry.getKey().substring(request.bucket().length() + 1))
                        .eTag("\"" + entry.getValue().tag() + "\"")
                        .size((long) entry.getValue().content().length)
                        .lastModified(entry.getValue().modified())
                        .build());
            }
        }
        boolean isFull = page.size() == PAGE;
        return ListObjectsV2Response.builder()
                .contents(page)
                .isTruncated(isFull)
                .nextContinuationToken(
                        isFull ? request.bucket() + "/" + page.get(PAGE - 1).key() : null)
                .build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        asked("get", request.key());
        Entry entry = existing(request.bucket(), request.key(), "NoSuchKey");
        byte[] bytes = entry.content();
        return new ResponseInputStream<>(
                GetObjectResponse.builder().eTag("\"" + entry.tag() + "\"").build(),
                AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        asked("head", request.key());
        return HeadObjectResponse.builder()
                .eTag("\"" + existing(request.bucket(), request.key(), "").tag() + "\"")
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        asked("put", request.key());
        try {
            put(
                    request.bucket(),
                    request.key(),
                    body.contentStreamProvider().newStream().readAllBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return PutObjectResponse.builder().build();
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
        asked("copy", request.destinationKey());
        Runnable action = beforeCopy;
        if (action != null) {
            action.run();
        }
        Entry entry = existing(request.sourceBucket(), request.sourceKey(), "NoSuchKey");
        String wanted = request.copySourceIfMatch();
        if (wanted != null && !wanted.equals("\"" + entry.tag() + "\"")) {
            throw answer(412, "PreconditionFailed");
        }
        objects.put(request.destinationBucket() + "/" + request.destinationKey(), entry);
        return CopyObjectResponse.builder().build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        asked("delete", request.key());
        objects.remove(request.bucket() + "/" + request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}

    private void asked(String method, @Nullable String key) {
        requests.add(method + " " + key);
        boolean isRead = method.equals("get") || method.equals("copy");
        RuntimeException wanted = failure == null && isRead ? readFailure : failure;
        if (wanted != null) {
            throw wanted;
        }
    }

    private Entry existing(String bucket, String key, String code) {
        if ((bucket + "/" + key).equals(denied)) {
            throw answer(403, "AccessDenied");
        }
        Entry entry = objects.get(bucket + "/" + key);
        if (entry == null) {
            throw answer(404, code);
        }
        return entry;
    }

    @SuppressWarnings("ArrayRecordComponent") // of a test, never compared
    private record Entry(byte[] content, String tag, Instant modified) {}
}
