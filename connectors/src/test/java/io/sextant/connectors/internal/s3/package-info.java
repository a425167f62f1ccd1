/** Tests of buckets as sources and sinks, against a bucket in memory. */
@NullMarked
package io.sextant.connectors.internal.s3;

import org.jspecify.annotations.NullMarked;
