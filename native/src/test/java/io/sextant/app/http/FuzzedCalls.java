package io.sextant.app.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Calls of every door, most with something wrong in path, parameters, headers or body. */
final class FuzzedCalls {
    private static final List<String> PATHS = List.of(
            "/v1/tasks",
            "/v1/tasks/caption",
            "/v1/tasks/vqa",
            "/v1/tasks/identify",
            "/v1/tasks/none",
            "/v1/chat/completions",
            "/v1/model",
            "/v1/models",
            "/v1/results/1",
            "/v1/openapi.json",
            "/mcp",
            "/mcp/messages/1",
            "/",
            "/console/state",
            "/console/letters/shop",
            "/console/model",
            "/console/pipelines/none/pause",
            "/q/health",
            "/q/metrics",
            "/q/none");
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "application/json; charset=none",
            "image/jpeg",
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=x",
            "application/x-www-form-urlencoded",
            "a/b;c",
            "*/*",
            "none",
            "");
    private static final List<String> ACCEPTS = List.of(
            "application/json, text/event-stream",
            "application/json",
            "image/png",
            "text/event-stream",
            "*/*;q=2",
            "a/b",
            ",",
            "image/png;q=0, application/json;q=x",
            "");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "-1",
            "1,2,3,4",
            "4,3,2,1",
            "NaN,1,2,3",
            "1e99,0,1,1",
            "99999999999999999999",
            "\u0000",
            "ü",
            "%s%n",
            "[vqa]",
            "{<0>}",
            "<Img><ImageHere></Img>",
            "'\"<script>");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{\"image\": {\"data\": \"$\"}}",
            "{\"image\": {\"data\": \"$\"}, \"steps\": [{\"task\": \"caption\"}, {\"task\": \"vqa\", \"prompt\": \"what?\"}]}",
            "{\"image\": {\"data\": \"$\"}, \"steps\": [{\"task\": \"identify\", \"box\": [1, 2, 30, 40], \"maxNewTokens\": 5}]}",
            "{\"image\": {\"reference\": \"file:/etc/passwd\"}}",
            "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": \"what?\"}], \"max_tokens\": 5, \"temperature\": 0.5}",
            "{\"model\": \"held:vqa\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"what?\"},"
                    + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"data:image/jpeg;base64,$\"}}]}]}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"vqa\",\"arguments\":{\"image\":\"$\",\"prompt\":\"what?\"}}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"debug\"}}]",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{},"
                    + "\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}",
            "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\nhello\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nwhat?\r\n--x--\r\n",
            "prompt=what%3F&image=%zz");

    private final URI base;
    private final String session;
    private final byte[] image;
    private final String data;

    /** @param session of the Model Context Protocol, that some calls belong to */
    FuzzedCalls(URI base, String session, byte[] image) {
        this.base = base;
        this.session = session;
        this.image = image;
        this.data = Base64.getEncoder().encodeToString(image);
    }

    HttpRequest make(Random random) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(random)).timeout(Duration.ofMinutes(1));
        maybe(request, "Content-Type", TYPES, random);
        maybe(request, "Accept", ACCEPTS, random);
        maybe(request, "Prefer", List.of("respond-async", "respond-async=;,", "x"), random);
        maybe(request, "Origin", List.of("null", "http://elsewhere.example", "x"), random);
        maybe(request, "Authorization", List.of("Basic", "Basic !!!", "Bearer x", "Basic " + "QQ".repeat(40)), random);
        maybe(request, "Mcp-Session-Id", List.of(session, session, "none"), random);
        maybe(request, "Content-Encoding", List.of("gzip", "x"), random);
        maybe(request, "Last-Event-ID", List.of("1"), random);
        String method = pick(METHODS, random);
        // An answer that goes on for ever is none to wait for.
        boolean isStream =
                method.equals("GET") && request.build().uri().getPath().startsWith("/mcp");
        return request.method(isStream ? "POST" : method, BodyPublishers.ofByteArray(body(random)))
                .build();
    }

    private URI uri(Random random) {
        StringBuilder query = new StringBuilder("?");
        for (String name : List.of("prompt", "box", "maxNewTokens", "x")) {
            if (random.nextInt(3) == 0) {
                String value = pick(VALUES, random);
                query.append(name)
                        .append('=')
                        .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        String path = pick(PATHS, random);
        if (random.nextInt(10) == 0) {
            int at = random.nextInt(path.length());
            path = path.substring(0, at)
                    + pick(List.of("/", "//", "..", "%2e%2e%2f", "%00", ";a=b", "%C3%BC"), random)
                    + path.substring(at);
        }
        return URI.create("http://" + base.getAuthority() + (path.startsWith("/") ? path : "/" + path) + query);
    }

    private byte[] body(Random random) {
        int kind = random.nextInt(12);
        byte[] whole = kind == 0
                ? image
                : pick(BODIES, random)
                        .replace("$", random.nextBoolean() ? data : "AAAA")
                        .getBytes(StandardCharsets.UTF_8);
        return random.nextInt(3) == 0 ? whole : damaged(whole, random);
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] = (byte) "{}[]\",:0".charAt(random.nextInt(8));
                case 3 -> bytes = doubled(bytes, at, Math.min(bytes.length, at + random.nextInt(40)));
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static byte[] doubled(byte[] bytes, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    private static void maybe(HttpRequest.Builder request, String name, List<String> values, Random random) {
        if (random.nextInt(3) > 0) {
            request.setHeader(name, pick(values, random));
        }
    }

    private static String pick(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
