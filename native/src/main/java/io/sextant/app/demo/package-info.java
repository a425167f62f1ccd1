/** The verb {@code demo}: sample pictures through all six tasks. */
@NullMarked
package io.sextant.app.demo;

import org.jspecify.annotations.NullMarked;
