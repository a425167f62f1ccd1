/** A task plugin: names the colour of a thing, as a word of a palette and as an RGB value. */
@NullMarked
package com.example.colour;

import org.jspecify.annotations.NullMarked;
