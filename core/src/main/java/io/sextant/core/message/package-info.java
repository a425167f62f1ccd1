/** Names that messages carry, whoever reads and writes them. Public. */
@NullMarked
package io.sextant.core.message;

import org.jspecify.annotations.NullMarked;
