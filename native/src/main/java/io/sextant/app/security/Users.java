package io.sextant.app.security;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may log in; read once, at the start. */
@Singleton
final class Users {
    private final Map<String, User> users;

    /** In the order of names. */
    private final List<User> all;

    @Inject
    Users(Toolkit toolkit) {
        this(read(toolkit.settings().http().users()));
    }

    Users(Map<String, User> users) {
        this.users = Map.copyOf(users);
        this.all =
                users.values().stream().sorted(Comparator.comparing(User::name)).toList();
    }

    private static Map<String, User> read(@Nullable Path file) {
        return file == null ? Map.of() : UsersFile.read(file);
    }

    /** Whether calling needs a login at all. */
    boolean areConfigured() {
        return !users.isEmpty();
    }

    /** The user of this name and password. */
    Optional<User> login(String name, String password) {
        if (users.isEmpty()) {
            return Optional.empty();
        }
        boolean isRight = BcryptUtil.matches(password, hash(name));
        return isRight ? Optional.ofNullable(users.get(name)) : Optional.empty();
    }

    /**
     * What a password is compared with. An unknown name has a user's of the same file, always the same one: it is to take as long as a wrong
     * password, and how long that is says the hash.
     */
    String hash(String name) {
        User user = users.get(name);
        return (user == null ? all.get(Math.floorMod(name.hashCode(), all.size())) : user).hash();
    }
}
