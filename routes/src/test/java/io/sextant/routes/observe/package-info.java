@NullMarked
package io.sextant.routes.observe;

import org.jspecify.annotations.NullMarked;
