/**
 * What can be seen of pipelines while they run: told to a {@link io.sextant.routes.observe.PipelineListener} as it happens, and read
 * from a {@link io.sextant.routes.observe.RunningPipeline} at any time. Knows no library for metrics or health; anyone may use it.
 */
@NullMarked
package io.sextant.routes.observe;

import org.jspecify.annotations.NullMarked;
