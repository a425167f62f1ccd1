/**
 * What the reference implementation's demo and evaluation scripts do with boxes, quirks included. The product does not use
 * it: it shows by the golden tests that the quirks are understood, and serves to compare with published figures.
 */
@NullMarked
package io.sextant.core.internal.reference;

import org.jspecify.annotations.NullMarked;
