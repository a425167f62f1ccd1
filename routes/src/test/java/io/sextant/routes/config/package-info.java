/** Tests of the configuration. */
@NullMarked
package io.sextant.routes.config;

import org.jspecify.annotations.NullMarked;
