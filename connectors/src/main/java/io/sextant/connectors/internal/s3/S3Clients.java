package io.sextant.connectors.internal.s3;

import io.sextant.core.error.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.aws2.s3.client.AWS2S3ClientFactory;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes clients, one for all URIs that reach S3 the same way; they are closed when Camel stops. Used by one thread. */
final class S3Clients {
    /** Options a client is made of. */
    static final Set<String> CONNECTION = Set.of(
            "uriEndpointOverride",
            "overrideEndpoint",
            "region",
            "forcePathStyle",
            "accessKey",
            "secretKey",
            "sessionToken",
            "useSessionCredentials",
            "useDefaultCredentialsProvider",
            "useProfileCredentialsProvider",
            "profileCredentialsName",
            "amazonS3Client",
            "proxyHost",
            "proxyPort",
            "proxyProtocol",
            "trustAllCertificates");

    private final Map<Map<String, String>, S3Client> clients = new HashMap<>();

    /**
     * A client for a URI. Making one asks nothing of S3.
     *
     * @throws ConfigurationException if there are no credentials or no region
     */
    S3Client client(S3Uri uri, CamelContext context) {
        AWS2S3Configuration configuration = uri.endpoint().getConfiguration();
        S3Client own = configuration.getAmazonS3Client();
        if (own != null) {
            return own;
        }
        Map<String, String> connection = new TreeMap<>(uri.options());
        connection.keySet().retainAll(CONNECTION);
        S3Client known = clients.get(connection);
        if (known != null) {
            return known;
        }
        requireCredentials(uri.name(), configuration);
        S3Client made = make(uri.name(), configuration);
        clients.put(connection, made);
        closeWith(context, made);
        return made;
    }

    private static S3Client make(String name, AWS2S3Configuration configuration) {
        try {
            return AWS2S3ClientFactory.getS3Client(configuration);
        } catch (SdkClientException e) {
            if (configuration.getRegion() == null) {
                throw new ConfigurationException(
                        name + " has no region; set sextant.s3.region, for instance to eu-central-1.", e);
            }
            throw new ConfigurationException(name + " is refused by Amazon's SDK: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(name + " is refused by Amazon's SDK: " + e.getMessage(), e);
        }
    }

    /** Keys that are written down were looked at before; a chain is asked once whether it has any. */
    private static void requireCredentials(String name, AWS2S3Configuration configuration) {
        AwsCredentialsProvider chain = chain(configuration);
        if (chain == null) {
            return;
        }
        try {
            chain.resolveCredentials();
        } catch (SdkClientException e) {
            throw new ConfigurationException(
                    name
                            + " has no credentials: set sextant.s3.access-key and sextant.s3.secret-key, or one of the places"
                            + " where the credential chain of Amazon's SDK looks (" + e.getMessage() + ").",
                    e);
        }
    }

    private static @Nullable AwsCredentialsProvider chain(AWS2S3Configuration configuration) {
        if (configuration.isUseDefaultCredentialsProvider()) {
            return DefaultCredentialsProvider.builder().build();
        }
        if (configuration.isUseProfileCredentialsProvider()) {
            return ProfileCredentialsProvider.create(configuration.getProfileCredentialsName());
        }
        return null;
    }

    private static void closeWith(CamelContext context, S3Client client) {
        try {
            context.addService(
                    new ServiceSupport() {
                        @Override
                        protected void doStop() {
                            client.close();
                        }
                    },
                    true);
        } catch (Exception e) {
            throw new IllegalStateException("A service that does nothing at start was not added", e);
        }
    }
}
