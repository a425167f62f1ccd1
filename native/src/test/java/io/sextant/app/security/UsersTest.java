package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule: how long a refusal takes does not tell who is a user. */
final class UsersTest {
    private static final User ANNA = new User("anna", BcryptUtil.bcryptHash("hush", 4), Set.of(Role.VIEWER));
    private static final User OLGA = new User("olga", BcryptUtil.bcryptHash("away", 6), Set.of(Role.OPERATOR));

    @Test
    void letsInWhoKnowsThePasswordAndNobodyElse() {
        Users users = new Users(Map.of("anna", ANNA, "olga", OLGA));
        assertThat(users.login("anna", "hush")).hasValue(ANNA);
        assertThat(users.login("anna", "away")).isEmpty();
        assertThat(users.login("otto", "hush")).isEmpty();
        assertThat(users.login("otto", "away")).isEmpty();
        assertThat(new Users(Map.of()).login("anna", "hush")).isEmpty();
    }

    /** That costs as much as the hash says. */
    @Test
    void comparesThePasswordOfAnUnknownNameWithAHashOfTheSameFile() {
        Users users = new Users(Map.of("anna", ANNA));
        assertThat(users.hash("anna")).isEqualTo(ANNA.hash());
        assertThat(users.hash("otto")).startsWith("$2a$04$");
    }

    @Test
    void comparesItWithTheSameOneEachTime() {
        Users users = new Users(Map.of("anna", ANNA, "olga", OLGA));
        assertThat(users.hash("otto")).isEqualTo(new Users(Map.of("olga", OLGA, "anna", ANNA)).hash("otto"));
    }
}
