package io.sextant.connectors.internal.s3;

import java.util.Set;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** How objects are kept, as the options of Camel's aws2-s3 component say. */
final class S3Writing {
    /*
     * Camel's own producer is not used: it evaluates a key as an expression of its language "simple", and keys are made
     * of the names of other people's images.
     */
    static final Set<String> OPTIONS = Set.of("storageClass", "useAwsKMS", "awsKMSKeyId", "useSSES3");

    private final AWS2S3Configuration configuration;

    S3Writing(AWS2S3Configuration configuration) {
        this.configuration = configuration;
    }

    void apply(PutObjectRequest.Builder request) {
        if (configuration.getStorageClass() != null) {
            request.storageClass(configuration.getStorageClass());
        }
        if (configuration.isUseAwsKMS()) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(configuration.getAwsKMSKeyId());
        }
        if (configuration.isUseSSES3()) {
            request.serverSideEncryption(ServerSideEncryption.AES256);
        }
    }
}
