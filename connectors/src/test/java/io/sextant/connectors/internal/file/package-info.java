/** Tests of the file connector's parts; its work as a whole is tested through the pipelines of {@code routes}. */
@NullMarked
package io.sextant.connectors.internal.file;

import org.jspecify.annotations.NullMarked;
