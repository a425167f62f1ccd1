/**
 * Any endpoint of Camel's as a pipeline's source or sink: what it brings is a message, and what it promises is what the component behind it
 * promises.
 */
@NullMarked
package io.sextant.connectors.internal.camel;

import org.jspecify.annotations.NullMarked;
