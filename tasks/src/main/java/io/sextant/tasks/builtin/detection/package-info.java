/**
 * Object parsing and grounding: the things that nouns or a sentence name, and where they are. Plain object
 * detection is the case of nouns. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.detection;

import org.jspecify.annotations.NullMarked;
