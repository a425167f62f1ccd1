/** The ports through which routes take pictures in and publish results. Public; the adapters behind them are internal. */
@NullMarked
package io.sextant.connectors;

import org.jspecify.annotations.NullMarked;
