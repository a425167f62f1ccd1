@NullMarked
package io.sextant.core.internal.grammar;

import org.jspecify.annotations.NullMarked;
