package io.sextant.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Why a message to the tools cannot be read, in the words of JSON-RPC.
 *
 * @param id the message's, where it has one that can be read; else null
 * @param code JSON-RPC's
 * @param text what is wrong
 */
record ToolFault(@Nullable JsonNode id, int code, String text) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Not JSON. */
    static ToolFault unreadable(String text) {
        return new ToolFault(null, -32700, text);
    }

    /** JSON, and no message. */
    static ToolFault invalid(@Nullable JsonNode id, String text) {
        return new ToolFault(id, -32600, text);
    }

    /** A message whose parameters its method cannot use. */
    static ToolFault parameters(@Nullable JsonNode id, String text) {
        return new ToolFault(id, -32602, text);
    }

    String toJson() {
        ObjectNode document = MAPPER.createObjectNode().put("jsonrpc", "2.0");
        document.set("id", id != null && id.isValueNode() ? id : null);
        document.putObject("error").put("code", code).put("message", text);
        return document.toString();
    }
}
