package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule: looking, asking and everything else are three things. */
final class RolePolicyTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /q/metrics, VIEWER",
        "GET, /v1/tasks, VIEWER",
        "POST, /v1/tasks/caption, ASKER",
        "DELETE, /v1/tasks, ASKER",
        "DELETE, /v1/results/1, ASKER",
        "POST, /v1/chat/completions, ASKER",
        "GET, /v1/models, VIEWER",
        "GET, /v1/model, OPERATOR",
        "POST, /v1/model, OPERATOR",
        "GET, /v1/model;a=b, OPERATOR",
        "POST, /v1/model/, OPERATOR",
        "POST, /v1/other, OPERATOR",
        "POST, /v1, OPERATOR",
        "GET, /mcp, ASKER",
        "POST, /mcp, ASKER",
        "POST, /mcp/messages/1, ASKER",
        "GET, /mcpx, OPERATOR",
        "GET, /q/other, OPERATOR",
        "GET, /, VIEWER",
        "GET, /console/console.js, VIEWER",
        "GET, /console/state, VIEWER",
        "GET, /console/console.css, VIEWER",
        "GET, /console/letters/photos, OPERATOR",
        "GET, /console/letters;a=b/photos, OPERATOR",
        "GET, /console/letters;/photos, OPERATOR",
        "GET, /console;a/letters/photos, OPERATOR",
        "GET, /console/other, OPERATOR",
        "POST, /console/letters/photos/replay, OPERATOR",
        "POST, /console/pipelines/photos/pause, OPERATOR",
        "POST, /, OPERATOR",
        "GET, /other, OPERATOR",
    })
    void everyPathNeedsARole(String method, String path, Role role) {
        assertThat(RolePolicy.needed(path, HttpMethod.valueOf(method))).isEqualTo(role);
    }
}
