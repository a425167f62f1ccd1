/**
 * A caption whose things have been looked for: captions, then finds each phrase, and marks what no box supports. Uses only what an
 * outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.verified;

import org.jspecify.annotations.NullMarked;
