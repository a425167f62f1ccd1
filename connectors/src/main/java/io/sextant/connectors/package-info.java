/**
 * The ports through which routes take images in and publish results: {@link io.sextant.connectors.ImageSource}, {@link
 * io.sextant.connectors.result.ResultSink}, and the {@link io.sextant.connectors.Connector} that makes both for one URI
 * scheme. Public; the adapters behind them are internal.
 */
@NullMarked
package io.sextant.connectors;

import org.jspecify.annotations.NullMarked;
