/**
 * The sizes of a model: what its weight files must hold, and what its programs compute with. Value types only, on nothing
 * else. Public.
 */
@NullMarked
package io.sextant.core.dimension;

import org.jspecify.annotations.NullMarked;
