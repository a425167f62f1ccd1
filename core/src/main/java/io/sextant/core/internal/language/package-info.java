/**
 * The language decoder: the device program with its weights, and the blocks of keys and values it computes over. It knows
 * neither who asks nor how tokens are chosen. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.language;

import org.jspecify.annotations.NullMarked;
