/** Tests of the pipelines, through real folders and a model that answers as the test says. */
@NullMarked
package io.sextant.routes;

import org.jspecify.annotations.NullMarked;
