package io.sextant.app.security;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of {@code sextant.http.users}: lines {@code name:hash:roles}, empty ones, and comments behind a {@code #}. */
public final class UsersFile {
    private static final String KEY = "sextant.http.users";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern LINE =
            Pattern.compile("([^:#\\s][^:]{0,63}):(\\$2[aby]\\$(?:0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}):(.+)");

    private UsersFile() {}

    /**
     * Whether the file can be used.
     *
     * @throws ConfigurationException if not, naming file and line, never what stands there
     */
    public static void check(Path file) {
        read(file);
    }

    /** The users by name. */
    static Map<String, User> read(Path file) {
        Map<String, User> users = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw refused(file, i, "is not name:hash:roles with a hash of bcrypt, as htpasswd -nB NAME writes it");
            }
            User user = new User(matcher.group(1), matcher.group(2), roles(file, i, matcher.group(3)));
            if (users.put(user.name(), user) != null) {
                throw refused(file, i, "names \"" + user.name() + "\" a second time");
            }
        }
        if (users.isEmpty()) {
            throw new ConfigurationException(KEY + "=" + file + " names nobody; write a line name:hash:roles.");
        }
        return Map.copyOf(users);
    }

    private static List<String> lines(Path file) {
        try {
            String text = Files.readString(file);
            return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(KEY + "=" + file + " is no UTF-8 text; save it as such.", e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    KEY + "=" + file + " cannot be read (" + e.getClass().getSimpleName() + "); name a file that can.",
                    e);
        }
    }

    private static Set<Role> roles(Path file, int line, String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words.split(",", -1)) {
            roles.add(Role.of(word.strip())
                    .orElseThrow(() -> refused(file, line, "has other roles than viewer, asker and operator")));
        }
        return roles;
    }

    private static ConfigurationException refused(Path file, int line, String what) {
        return new ConfigurationException(KEY + "=" + file + ": line " + (line + 1) + " " + what + ".");
    }
}
