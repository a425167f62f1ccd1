/** The Quarkus application and its command line. Holds wiring only; logic lives in the modules below. */
@NullMarked
package io.sextant.app;

import org.jspecify.annotations.NullMarked;
