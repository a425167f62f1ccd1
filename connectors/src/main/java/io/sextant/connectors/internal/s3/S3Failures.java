package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of Amazon's SDK means. */
final class S3Failures {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private S3Failures() {}

    /** The object is not there, while its bucket is as far as S3 says. */
    static boolean isMissing(S3Exception failure) {
        return failure.statusCode() == NOT_FOUND && !code(failure).equals("NoSuchBucket");
    }

    /** The object is not, or no longer, what was asked for. */
    static boolean isChanged(S3Exception failure) {
        return failure.statusCode() == PRECONDITION_FAILED;
    }

    /** The object is archived and cannot be read until somebody restores it. */
    static boolean isArchived(S3Exception failure) {
        return code(failure).equals("InvalidObjectState");
    }

    /**
     * A failure that is not the object's fault.
     *
     * @param what was to be done, for instance {@code Object s3://bucket/key cannot be read}
     */
    static ConnectorException external(String what, SdkException failure) {
        if (failure instanceof S3Exception told) {
            String reason = told.statusCode() + (code(told).isEmpty() ? "" : " " + code(told));
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
