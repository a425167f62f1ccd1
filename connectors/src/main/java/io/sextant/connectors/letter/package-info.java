/**
 * What becomes of messages that cannot be processed: dead letters with their reasons, and the way back. Public.
 */
@NullMarked
package io.sextant.connectors.letter;

import org.jspecify.annotations.NullMarked;
