/**
 * The doors of the running application: tasks over HTTP, all from the task registry. {@link io.sextant.app.http.TasksResource} is what
 * callers see, {@link io.sextant.app.http.Questions} asks, and every failure becomes a {@link io.sextant.app.http.Problem}.
 */
@NullMarked
package io.sextant.app.http;

import org.jspecify.annotations.NullMarked;
