/**
 * What a sink gets: one answered step and the identity of its result. Public.
 */
@NullMarked
package io.sextant.connectors.result;

import org.jspecify.annotations.NullMarked;
