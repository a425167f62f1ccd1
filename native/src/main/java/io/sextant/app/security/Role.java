package io.sextant.app.security;

import java.util.Locale;
import java.util.Optional;

/** What a user may do. Each may what those before it may. */
public enum Role {
    /** Look: tasks, metrics, health. */
    VIEWER,
    /** Ask the model. */
    ASKER,
    /** Everything. */
    OPERATOR;

    /** As it is written in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
