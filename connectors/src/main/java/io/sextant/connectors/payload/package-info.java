/**
 * What messages say: images as bytes, JSON requests, claim checks and stores' notifications become {@link
 * io.sextant.connectors.message.ImageRequest}s. For connectors whose sources bring messages.
 */
@NullMarked
package io.sextant.connectors.payload;

import org.jspecify.annotations.NullMarked;
