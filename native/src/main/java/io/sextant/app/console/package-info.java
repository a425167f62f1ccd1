/** What every verb shares: the terminal, exit codes, how a failure is told, options that mean the same everywhere. */
@NullMarked
package io.sextant.app.console;

import org.jspecify.annotations.NullMarked;
