/** What the verbs build from: the configuration they read, the tasks there are, the model they open. */
@NullMarked
package io.sextant.app.toolkit;

import org.jspecify.annotations.NullMarked;
