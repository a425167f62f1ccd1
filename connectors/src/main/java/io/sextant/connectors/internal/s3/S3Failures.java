package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.InvalidImageException;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of Amazon's SDK means. */
final class S3Failures {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** Words in the codes of what S3 answers with the same numbers as a fault of one object, and means of all. */
    private static final Pattern ABOUT_THE_PLACE =
            Pattern.compile("Account|Authori[sz]ation|BadRequest|Bucket|Client|Credential|Endpoint"
                    + "|Expired|Internal|Location|OperationAborted|Payer|Project|Region|Security|Sha256|SHA256|Signature|Skewed|SlowDown|Throttl|Time[Oo]ut"
                    + "|Token|Unavailable|NotInitialized");

    private S3Failures() {}

    /** The object is not there, while its bucket is as far as S3 says. */
    static boolean isMissing(S3Exception failure) {
        return failure.statusCode() == NOT_FOUND && !code(failure).equals("NoSuchBucket");
    }

    /** The object is not, or no longer, what was asked for. */
    static boolean isChanged(S3Exception failure) {
        return failure.statusCode() == PRECONDITION_FAILED;
    }

    /** A part was asked for of an object that is empty. */
    static boolean isEmptyRange(S3Exception failure) {
        return failure.statusCode() == RANGE_NOT_SATISFIABLE;
    }

    /**
     * The object alone cannot be had, however often it is asked for: its key is too long or none, it is archived, or the key
     * it is encrypted with is disabled or gone. What S3 says about credentials, permissions, the bucket, the request's time or
     * its own load holds for all objects, and so does a refusal it gives no reason for.
     */
    static boolean isAboutTheObject(SdkException failure) {
        if (!(failure instanceof S3Exception told)) {
            return false;
        }
        String code = code(told);
        return switch (told.statusCode()) {
            case 403 -> code.equals("InvalidObjectState");
            case 400, 405, 409, 422 ->
                !code.isEmpty() && !ABOUT_THE_PLACE.matcher(code).find();
            case 410, 413, 414, 416, 451 -> true;
            default -> false;
        };
    }

    /** Whether S3 was there, and refused what was asked: for this object or for all, it does not say. */
    static boolean isRefusal(ConnectorException failure) {
        return failure.getCause() instanceof S3Exception told && told.statusCode() == FORBIDDEN;
    }

    /** A failure that is the object's fault. */
    static InvalidImageException invalid(String uri, SdkException failure) {
        S3Exception told = (S3Exception) failure;
        if (code(told).equals("InvalidObjectState")) {
            return new InvalidImageException(
                    "Image \"" + uri + "\" is archived; restore it, and send it again.", failure);
        }
        return new InvalidImageException(
                "Image \"" + uri + "\" cannot be read: S3 answers " + reason(told) + " about this object; mend the"
                        + " reference, the object or the key it is encrypted with, and send it again.",
                failure);
    }

    private static String reason(S3Exception told) {
        return told.statusCode() + (code(told).isEmpty() ? "" : " " + code(told));
    }

    /**
     * A failure that is not the object's fault.
     *
     * @param what was to be done, for instance {@code Object s3://bucket/key cannot be read}
     */
    static ConnectorException external(String what, SdkException failure) {
        if (failure instanceof S3Exception told) {
            String reason = reason(told);
            if (told.statusCode() == FORBIDDEN) {
                return new ConnectorException(
                        what + ": S3 refuses (" + reason
                                + "); check sextant.s3.access-key and sextant.s3.secret-key, and"
                                + " what they permit there.",
                        failure);
            }
            if (code(told).equals("NoSuchBucket")) {
                return new ConnectorException(what + ": there is no such bucket; create it.", failure);
            }
            return new ConnectorException(what + ": S3 answers " + reason + "; it is tried again.", failure);
        }
        return new ConnectorException(
                what + ": S3 cannot be reached (" + failure.getMessage()
                        + "); check sextant.s3.endpoint and the network.",
                failure);
    }

    private static String code(S3Exception failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }
}
