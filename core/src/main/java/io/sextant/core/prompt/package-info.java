/**
 * What a prompt is made of: typed segments and turns. A segment's type, not its characters, decides what it may do, so a
 * user's words can never become a control word. Public; rendering and tokenising are internal.
 */
@NullMarked
package io.sextant.core.prompt;

import org.jspecify.annotations.NullMarked;
