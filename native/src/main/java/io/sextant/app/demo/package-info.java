/** The verb {@code demo}: sample images through all six tasks. */
@NullMarked
package io.sextant.app.demo;

import org.jspecify.annotations.NullMarked;
