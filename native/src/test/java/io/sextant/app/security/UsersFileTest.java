package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule: passwords are there as hashes of bcrypt alone, and what cannot be understood fails the start without being told. */
final class UsersFileTest {
    private static final String HASH = BcryptUtil.bcryptHash("hush");

    @TempDir
    private Path folder;

    @Test
    void readsNamesHashesAndRoles() throws Exception {
        Path file = file("# who may call\n\nanna:" + HASH + ":viewer,asker\n");
        User anna = Objects.requireNonNull(UsersFile.read(file).get("anna"));
        assertThat(anna.roles()).isEqualTo(Set.of(Role.VIEWER, Role.ASKER));
        assertThat(anna).asString().contains("anna").doesNotContain(HASH);
    }

    @Test
    void readsTheFirstLineBehindAByteOrderMark() throws Exception {
        assertThat(UsersFile.read(file("\uFEFFanna:" + HASH + ":viewer\r\n"))).containsOnlyKeys("anna");
        assertThat(UsersFile.read(file("\uFEFF# who may call\nanna:" + HASH + ":viewer")))
                .containsOnlyKeys("anna");
    }

    /** As htpasswd writes it. */
    @Test
    void takesTheLettersThatOtherProgramsBeginWith() throws Exception {
        Path file = file("anna:" + HASH.replace("$2a$", "$2y$") + ":viewer\n");
        assertThat(UsersFile.read(file)).containsKey("anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna:hush:viewer",
                "anna:HASH",
                "anna:HASH:admin",
                "anna:HASH:viewer,",
                "anna:$2y$03$HASHED:viewer",
                "anna:$2y$32$HASHED:viewer",
                ":HASH:viewer",
                "# nobody"
            })
    void refusesWhatItCannotUseWithoutTellingIt(String line) throws Exception {
        Path file = file(line.replace("HASHED", HASH.substring(7)).replace("HASH", HASH));
        assertThatThrownBy(() -> UsersFile.check(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.http.users")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining(HASH);
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> UsersFile.check(folder.resolve("none")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("users"), text);
    }
}
