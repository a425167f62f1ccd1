package io.sextant.tasks;

import org.jspecify.annotations.Nullable;

/** A plugin's code is at fault; it is left out, and the message says which and why. */
final class PluginFault extends Exception {
    private static final long serialVersionUID = 1L;

    PluginFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
