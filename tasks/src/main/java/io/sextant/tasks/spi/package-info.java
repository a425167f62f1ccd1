/**
 * What a plugin author implements: a {@link io.sextant.tasks.spi.TaskFactory}, found through
 * {@code META-INF/services/io.sextant.tasks.spi.TaskFactory}, that makes a {@link io.sextant.tasks.spi.VisionTask}. The
 * built-in tasks use nothing else. Public, under semantic versioning; interfaces grow by default methods only.
 */
@NullMarked
package io.sextant.tasks.spi;

import org.jspecify.annotations.NullMarked;
