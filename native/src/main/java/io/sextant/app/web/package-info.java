/**
 * The console: pages at {@code /} for people, written by the server from what the application knows. They ask through the doors of the
 * package {@code http}, as anybody does.
 */
@NullMarked
package io.sextant.app.web;

import org.jspecify.annotations.NullMarked;
