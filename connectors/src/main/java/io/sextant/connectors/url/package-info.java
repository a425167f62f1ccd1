/** Images that are referred to by their address on the network: which addresses may be asked, and how they are read. For all who take references. */
@NullMarked
package io.sextant.connectors.url;

import org.jspecify.annotations.NullMarked;
