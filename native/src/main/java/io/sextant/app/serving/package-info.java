/**
 * The model that answers, and its exchange for another while questions are asked. Whoever asks holds a lease on one model until the answers
 * are there; what an operator wants exchanged is loaded, tried and put in its place here.
 */
@NullMarked
package io.sextant.app.serving;

import org.jspecify.annotations.NullMarked;
