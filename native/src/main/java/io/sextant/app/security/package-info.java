/**
 * Who may call the running application, and how much: users from a file, a policy of roles over all paths, and a limit for each caller.
 * Closed by default. The package {@code http} asks it.
 */
@NullMarked
package io.sextant.app.security;

import org.jspecify.annotations.NullMarked;
