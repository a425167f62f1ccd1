package io.sextant.app.security;

import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody who may call.
 *
 * @param name logs in with it
 * @param hash of the password, as bcrypt writes it
 * @param roles what the user may do
 */
record User(String name, String hash, Set<Role> roles) {
    User {
        roles = Set.copyOf(roles);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return name + new TreeSet<>(roles);
    }
}
