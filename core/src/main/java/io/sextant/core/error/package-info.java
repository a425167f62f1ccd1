/**
 * The failures Sextant reports. Every one carries an {@link io.sextant.core.error.ErrorCategory}, and the category
 * alone decides what a route does with the message. Anyone may catch these; modules add subclasses of their own.
 */
@NullMarked
package io.sextant.core.error;

import org.jspecify.annotations.NullMarked;
