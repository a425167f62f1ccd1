package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.tasks.StrictJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message to the tools must be like before the protocol's library reads it. That library takes whatever it reads for being
 * there and of its type; where it is not, a call ends without an answer, or not at all.
 */
final class ToolMessage {
    private static final Set<String> TEXTS =
            Set.of("name", "uri", "cursor", "level", "reason", "protocolVersion", "type", "value", "version", "title");
    private static final Set<String> OBJECTS =
            Set.of("arguments", "_meta", "ref", "argument", "context", "capabilities", "clientInfo");

    /** Objects whose own values are read too; what tools are told is not the protocol's. */
    private static final List<String> LOOKED_INTO = List.of("ref", "argument", "clientInfo");

    /** What a method cannot do without. */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "initialize", List.of("protocolVersion", "clientInfo"),
            "tools/call", List.of("name"),
            "prompts/get", List.of("name"),
            "resources/read", List.of("uri"),
            "resources/subscribe", List.of("uri"),
            "resources/unsubscribe", List.of("uri"),
            "completion/complete", List.of("ref", "argument"),
            "logging/setLevel", List.of("level"));

    private ToolMessage() {}

    /**
     * @param isInSession whether the call names the session that it belongs to; the call that begins one cannot
     * @return why a body is not handed on; null if it is
     */
    static @Nullable ToolFault fault(byte[] body, boolean isInSession) {
        JsonNode message;
        try {
            message = StrictJson.read(body);
        } catch (JsonProcessingException e) {
            return ToolFault.unreadable("The body is no JSON that can be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            return ToolFault.unreadable("The body is no JSON that can be read: " + e.getMessage());
        }
        if (message.isMissingNode()) {
            return ToolFault.unreadable("The body is empty; send a message.");
        }
        ToolFault fault = message.isArray() ? ofBatch(message) : ofOne(message);
        return fault == null && !isInSession ? ofBeginning(message) : fault;
    }

    private static @Nullable ToolFault ofBatch(JsonNode messages) {
        for (JsonNode each : messages) {
            ToolFault fault = ofOne(each);
            if (fault != null) {
                return fault;
            }
        }
        return messages.isEmpty() ? ToolFault.invalid(null, "The batch is empty; send a message.") : null;
    }

    /** The library begins a session for whatever comes without one, and fails once it has answered. */
    private static @Nullable ToolFault ofBeginning(JsonNode message) {
        return message.path("method").asText().equals("initialize")
                ? null
                : ToolFault.invalid(
                        message.path("id"),
                        "The call belongs to no session; send \"initialize\" first, by itself, and then the header "
                                + "Mcp-Session-Id that it is answered with.");
    }

    private static @Nullable ToolFault ofOne(JsonNode message) {
        if (!message.isObject()) {
            return ToolFault.invalid(null, "A message is an object of JSON-RPC; the body is, or has, something else.");
        }
        JsonNode id = message.path("id");
        if (!message.path("jsonrpc").asText().equals("2.0")) {
            return ToolFault.invalid(id, "\"jsonrpc\" must be \"2.0\".");
        }
        if (message.has("result") || message.has("error")) {
            return isIdOfOurs(id) ? null : ToolFault.invalid(id, "\"id\" names no request of this server.");
        }
        if (message.has("id") && !id.isTextual() && !id.isIntegralNumber()) {
            return ToolFault.invalid(null, "\"id\" must be text or a whole number.");
        }
        JsonNode method = message.path("method");
        if (!method.isTextual()) {
            return ToolFault.invalid(id, "\"method\" must be text.");
        }
        return ofParameters(message, id, NEEDED.getOrDefault(method.asText(), List.of()));
    }

    private static boolean isIdOfOurs(JsonNode id) {
        return (id.canConvertToLong() && id.isIntegralNumber()) || id.asText().matches("\\d{1,18}");
    }

    private static @Nullable ToolFault ofParameters(JsonNode message, JsonNode id, List<String> needed) {
        JsonNode parameters = message.path("params");
        if (message.has("params") && !parameters.isObject()) {
            return ToolFault.parameters(id, "\"params\" must be an object.");
        }
        for (String name : needed) {
            if (!parameters.has(name)) {
                return ToolFault.parameters(id, "\"params\" must have \"" + name + "\".");
            }
        }
        ToolFault fault = ofTypes(parameters, id);
        for (String name : LOOKED_INTO) {
            fault = fault == null ? ofTypes(parameters.path(name), id) : fault;
        }
        return fault;
    }

    private static @Nullable ToolFault ofTypes(JsonNode values, JsonNode id) {
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            if (TEXTS.contains(value.getKey()) && !value.getValue().isTextual()) {
                return ToolFault.parameters(id, "\"" + value.getKey() + "\" must be text.");
            }
            if (OBJECTS.contains(value.getKey()) && !value.getValue().isObject()) {
                return ToolFault.parameters(id, "\"" + value.getKey() + "\" must be an object.");
            }
        }
        return null;
    }
}
