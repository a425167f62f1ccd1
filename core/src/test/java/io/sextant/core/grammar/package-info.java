@NullMarked
package io.sextant.core.grammar;

import org.jspecify.annotations.NullMarked;
