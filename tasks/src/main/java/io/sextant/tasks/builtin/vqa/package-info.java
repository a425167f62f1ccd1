/**
 * Visual question answering: a question about the image, a short answer. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.vqa;

import org.jspecify.annotations.NullMarked;
