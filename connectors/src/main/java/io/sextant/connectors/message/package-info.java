/**
 * What a source hands over: one request about one image, where it came from, and what is asked. Public.
 */
@NullMarked
package io.sextant.connectors.message;

import org.jspecify.annotations.NullMarked;
