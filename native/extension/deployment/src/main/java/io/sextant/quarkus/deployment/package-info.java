/** What Quarkus does for Sextant while an application is built: finds the component, its converters and all tasks, natively too. */
@NullMarked
package io.sextant.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
