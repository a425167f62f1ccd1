package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a call was not answered, as a caller gets it (RFC 9457).
 *
 * @param status of HTTP
 * @param kind what went wrong, for programs; stays the same
 * @param title what went wrong, for people
 * @param detail which input, and what to do
 * @param retryAfterSeconds when the same call may succeed; 0 where it never will
 */
record Problem(int status, String kind, String title, String detail, int retryAfterSeconds) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper MAPPER = new JsonMapper();

    Problem(int status, String kind, String title, String detail) {
        this(status, kind, title, detail, 0);
    }

    Map<String, Object> toMap() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:sextant:problem:" + kind);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        return document;
    }

    /** What {@link #toMap} looks like, as JSON Schema. */
    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string"));
        properties.put("title", Map.of("type", "string"));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", Map.of("type", "string"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.copyOf(properties.keySet()));
        schema.put("properties", properties);
        return schema;
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(toMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }

    /** Answers a call whose body was not read. */
    Future<Void> send(RoutingContext call) {
        HttpServerResponse response =
                call.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (call.request().version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        if (retryAfterSeconds > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
        }
        return response.end(toJson());
    }

    Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(toJson());
        if (retryAfterSeconds > 0) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return response.build();
    }
}
