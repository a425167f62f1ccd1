/** Tests of the demo, and the artist who drew its pictures. */
@NullMarked
package io.sextant.app.demo;

import org.jspecify.annotations.NullMarked;
