package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** Keys under {@code sextant.s3}: how buckets are reached, for all sources, sinks, dead letters and references. Options of a URI go before them. */
@ConfigMapping(prefix = "sextant.s3")
public interface S3Config {

    /** Where the server is, as a URL ({@code http://127.0.0.1:9000}). Default: Amazon's, for the region. */
    Optional<String> endpoint();

    /**
     * The region of the buckets, such as {@code eu-central-1}. Default: {@code us-east-1} where there is an {@code endpoint},
     * else what Amazon's SDK finds in the environment.
     */
    Optional<String> region();

    /**
     * Who asks; together with {@code secret-key}. Default for both: the credential chain of Amazon's SDK (environment,
     * profile, the machine's role). Without any the application does not start.
     */
    Optional<String> accessKey();

    /** Belongs to {@code access-key}. Better in the environment, {@code SEXTANT_S3_SECRET_KEY}, than in a file. */
    Optional<String> secretKey();

    /** Belongs to temporary keys. Default: none. */
    Optional<String> sessionToken();

    /**
     * Whether the bucket stands in the URL's path ({@code true}) or in its host name ({@code false}). Default: {@code true}
     * where there is an {@code endpoint}, because most servers but Amazon's want it so.
     */
    Optional<@WithConverter(TruthConverter.class) Boolean> pathStyle();
}
