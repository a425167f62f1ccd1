/**
 * The configuration keys under {@code sextant.} and their way into records. The keys are public; {@link
 * io.sextant.routes.config.SettingsReader} is the entry for the application and for programs that embed Sextant.
 */
@NullMarked
package io.sextant.routes.config;

import org.jspecify.annotations.NullMarked;
