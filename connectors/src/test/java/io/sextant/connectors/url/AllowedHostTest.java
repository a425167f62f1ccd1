package io.sextant.connectors.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule: a host is asked only under a name, and at a port, that is on the list. */
final class AllowedHostTest {
    @ParameterizedTest
    @CsvSource({
        "images.example, https://images.example/a.jpg",
        "images.example, http://images.example/a.jpg",
        "Images.Example, https://IMAGES.example/a.jpg",
        "images.example, https://images.example:443/a.jpg",
        "images.example:8443, https://images.example:8443/a.jpg",
        "*.images.example, https://a.images.example/a.jpg",
        "*.images.example, https://a.b.images.example/a.jpg",
        "*.images.example:81, http://a.images.example:81/a.jpg",
        "192.0.2.1:8080, http://192.0.2.1:8080/a.jpg",
        "[2001:db8::1], http://[2001:db8::1]/a.jpg",
    })
    void takesWhatItNames(String allowed, URI url) {
        assertThat(AllowedHost.parse(allowed).matches(url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "images.example, https://a.images.example/a.jpg",
        "images.example, https://images.example.elsewhere.example/a.jpg",
        "images.example, https://other-images.example/a.jpg",
        "images.example, https://images.example:8443/a.jpg",
        "images.example, http://images.example:443/a.jpg",
        "images.example, https://images.example./a.jpg",
        "images.example:8443, https://images.example/a.jpg",
        "*.images.example, https://images.example/a.jpg",
        "*.images.example, https://other-images.example/a.jpg",
        "images.example, https://elsewhere.example/images.example",
    })
    void takesNothingElse(String allowed, URI url) {
        assertThat(AllowedHost.parse(allowed).matches(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "https://images.example",
                "images.example/a",
                "images.*.example",
                "images.example:0",
                "images.example:65536",
                "anna@images.example",
                ".example"
            })
    void refusesWhatIsNoHost(String text) {
        assertThatThrownBy(() -> AllowedHost.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("images.example:8443");
    }
}
