/**
 * Buckets of S3, and of servers that speak its protocol, as sources and sinks, on the options and clients of Camel's aws2-s3
 * component. Internal: {@link io.sextant.connectors.Connectors} hands it out.
 */
@NullMarked
package io.sextant.connectors.internal.s3;

import org.jspecify.annotations.NullMarked;
