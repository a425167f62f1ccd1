/**
 * Tasks at work: the registry that finds them, the runner that puts a request through the shared model, and the outcome it
 * gives. Used by routes, the application and by anyone who embeds Sextant without Camel.
 */
@NullMarked
package io.sextant.tasks;

import org.jspecify.annotations.NullMarked;
