/** What several adapters share. Internal. */
@NullMarked
package io.sextant.connectors.internal;

import org.jspecify.annotations.NullMarked;
