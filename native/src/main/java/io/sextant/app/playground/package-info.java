/** The verb {@code playground}: a Kafka broker and an S3 server to try things out with, each in a JVM of its own. */
@NullMarked
package io.sextant.app.playground;

import org.jspecify.annotations.NullMarked;
