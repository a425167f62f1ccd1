/**
 * Who computes when: the one shared model behind the public contract, the line of those who wait, and the loop that answers many requests
 * side by side. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.schedule;

import org.jspecify.annotations.NullMarked;
