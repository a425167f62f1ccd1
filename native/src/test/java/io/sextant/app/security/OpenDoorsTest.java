package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.sextant.app.SextantCommand;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.connectors.url.UrlSettings;
import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.config.HttpSettings;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule: without a login nobody calls but from this machine. */
final class OpenDoorsTest {
    private static final OidcSettings NO_PROVIDER = new OidcSettings(false, false, false);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
    void letsThisMachineCall(String host) {
        assertThatCode(() -> OpenDoors.requireClosed(host, HttpSettings.DEFAULT, NO_PROVIDER))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesToLetOthersCallWithoutALogin(String host) {
        assertThatThrownBy(() -> OpenDoors.requireClosed(host, HttpSettings.DEFAULT, NO_PROVIDER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("quarkus.http.host=" + host, "sextant.http.users");
    }

    @Test
    void letsOthersCallWithALogin() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "anna:" + BcryptUtil.bcryptHash("hush") + ":viewer\n");
        Duration minute = Duration.ofMinutes(1);
        HttpSettings http = new HttpSettings(users, List.of(), 1, null, minute, 1, minute, UrlSettings.NONE);
        assertThatCode(() -> OpenDoors.requireClosed("0.0.0.0", http, NO_PROVIDER))
                .doesNotThrowAnyException();
    }

    @Test
    void letsOthersCallWithTokensThatWereMadeForThisApplication() {
        OidcSettings provider = new OidcSettings(true, true, false);
        assertThatCode(() -> OpenDoors.requireClosed("0.0.0.0", HttpSettings.DEFAULT, provider))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void refusesTokensThatWereMadeForAnyApplication(String host) {
        OidcSettings provider = OidcSettings.of(key ->
                key.equals("quarkus.oidc.auth-server-url") ? Optional.of("https://login.example") : Optional.empty());
        assertThatThrownBy(() -> OpenDoors.requireClosed(host, HttpSettings.DEFAULT, provider))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("quarkus.oidc.auth-server-url", "quarkus.oidc.token.audience");
    }

    @Test
    void keepsTheApplicationFromStarting() throws Exception {
        Files.createDirectory(folder.resolve("in"));
        Path configuration = Files.writeString(folder.resolve("a.properties"), """
                quarkus.http.host=0.0.0.0
                quarkus.http.port=0
                sextant.pipelines.shop.from=file:%s
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(folder.resolve("in")));
        StringWriter errors = new StringWriter();
        Terminal terminal = new Terminal(
                new BufferedReader(new StringReader("")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(errors, true),
                false);
        int exitCode = SextantCommand.execute(
                terminal, ModelOpener.ofFiles(), "run", "--check", "--config", configuration.toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains("quarkus.http.host=0.0.0.0", "sextant.http.users");
    }
}
