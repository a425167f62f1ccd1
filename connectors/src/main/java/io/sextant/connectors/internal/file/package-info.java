/**
 * Folders as sources and sinks, on Camel's file component. Internal: {@link io.sextant.connectors.Connectors} hands it out.
 * Everything that touches a file stays within the folders that were configured.
 */
@NullMarked
package io.sextant.connectors.internal.file;

import org.jspecify.annotations.NullMarked;
