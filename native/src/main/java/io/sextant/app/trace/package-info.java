/** Traces in OpenTelemetry's form, for whoever switches them on: a message from its source to its results, and each answer with its parts. */
@NullMarked
package io.sextant.app.trace;

import org.jspecify.annotations.NullMarked;
