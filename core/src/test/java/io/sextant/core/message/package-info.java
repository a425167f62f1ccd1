@NullMarked
package io.sextant.core.message;

import org.jspecify.annotations.NullMarked;
