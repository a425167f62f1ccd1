/**
 * Free conversation without a task identifier, about an image or none. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.chat;

import org.jspecify.annotations.NullMarked;
