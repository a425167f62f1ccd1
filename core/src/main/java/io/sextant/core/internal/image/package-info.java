/**
 * Reads and writes encoded images: one {@link ImageCodec} a format, and a PNG writer. Only {@code io.sextant.core.image}
 * uses it. Codecs work on untrusted bytes: what they allocate is bounded by the width and height in the header, and what they
 * compute by those and the length of the file.
 */
@NullMarked
package io.sextant.core.internal.image;

import org.jspecify.annotations.NullMarked;
