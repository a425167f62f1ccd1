@NullMarked
package io.sextant.tasks.builtin.verified;

import org.jspecify.annotations.NullMarked;
