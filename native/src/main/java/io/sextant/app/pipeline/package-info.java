/** The verb {@code run}: the Quarkus application with its shared model, pipelines and health checks. */
@NullMarked
package io.sextant.app.pipeline;

import org.jspecify.annotations.NullMarked;
