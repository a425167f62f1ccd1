package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider of OpenID Connect: tells its keys, signs tokens, and logs in everybody as the same person. */
public final class TokenIssuer implements AutoCloseable {
    /** Whom its tokens are for, and the name that the application has there. */
    public static final String AUDIENCE = "sextant";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String KEY_ID = "first";

    /** Stay the same when it is away for a while. */
    private static final KeyPair KEYS = keys();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String url;

    /** Listens until it is closed. */
    public TokenIssuer(int port) throws IOException {
        url = "http://127.0.0.1:" + port;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Paths that were asked for. */
    public List<String> calls() {
        return calls;
    }

    /** How the application logged in to get tokens. */
    public List<String> logins() {
        return logins;
    }

    /** What a good token of an hour says. */
    Map<String, Object> claims(String subject, String... roles) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", url);
        claims.put("sub", subject);
        claims.put("aud", AUDIENCE);
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().getEpochSecond() + 3600);
        claims.put("sextant", Map.of("roles", roles));
        return claims;
    }

    String token(Map<String, Object> claims) {
        return signed(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY_ID), claims);
    }

    String signed(Map<String, Object> head, Map<String, Object> claims) {
        try {
            String content = base64(MAPPER.writeValueAsBytes(head)) + "." + base64(MAPPER.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        calls.add(path);
        switch (path) {
            case "/.well-known/openid-configuration" -> send(call, discovery());
            case "/keys" -> send(call, Map.of("keys", List.of(publicKey())));
            case "/authorize" -> logIn(call);
            case "/token" -> {
                logins.add(String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
                String token = token(claims("pat", "viewer"));
                send(call, Map.of("id_token", token, "access_token", token, "token_type", "Bearer", "expires_in", 60));
            }
            default -> {
                call.sendResponseHeaders(404, -1);
                call.close();
            }
        }
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", url,
                "jwks_uri", url + "/keys",
                "authorization_endpoint", url + "/authorize",
                "token_endpoint", url + "/token",
                "introspection_endpoint", url + "/introspect");
    }

    private Map<String, Object> publicKey() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY_ID,
                "n",
                base64(unsigned(key.getModulus().toByteArray())),
                "e",
                base64(key.getPublicExponent().toByteArray()));
    }

    private static void logIn(HttpExchange call) throws IOException {
        String back = parameter(call, "redirect_uri") + "?code=once&state=" + parameter(call, "state");
        call.getResponseHeaders().set("Location", back);
        call.sendResponseHeaders(302, -1);
        call.close();
    }

    private static String parameter(HttpExchange call, String name) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)")
                .matcher(call.getRequestURI().getRawQuery());
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + name + " in " + call.getRequestURI());
        }
        return URLDecoder.decode(Objects.requireNonNull(matcher.group(1)), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange call, Map<String, Object> document) throws IOException {
        byte[] body = MAPPER.writeValueAsBytes(document);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
