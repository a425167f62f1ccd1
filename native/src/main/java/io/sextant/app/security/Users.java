package io.sextant.app.security;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.sextant.app.toolkit.Toolkit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who may log in; read once, at the start. */
@Singleton
final class Users {
    /** Of nobody's password: an unknown name is to take as long as a wrong password. */
    private static final String NOBODY = BcryptUtil.bcryptHash("nobody");

    private final Map<String, User> users;

    @Inject
    Users(Toolkit toolkit) {
        Path file = toolkit.settings().http().users();
        users = file == null ? Map.of() : UsersFile.read(file);
    }

    /** Whether calling needs a login at all. */
    boolean areConfigured() {
        return !users.isEmpty();
    }

    /** The user of this name and password. */
    Optional<User> login(String name, String password) {
        User user = users.get(name);
        boolean isRight = BcryptUtil.matches(password, user == null ? NOBODY : user.hash());
        return user != null && isRight ? Optional.of(user) : Optional.empty();
    }
}
