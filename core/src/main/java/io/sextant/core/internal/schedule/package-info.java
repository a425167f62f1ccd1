/**
 * Who computes when: the one shared model behind the public contract, and the encoded images it keeps. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.schedule;

import org.jspecify.annotations.NullMarked;
