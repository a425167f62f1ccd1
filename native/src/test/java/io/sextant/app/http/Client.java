package io.sextant.app.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Calls the application as anybody would. */
final class Client {
    private static final String BOUNDARY = "sextant-test-boundary";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    Client(URI base) {
        this.base = base;
    }

    HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return http.send(builder(path, headers).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
        return postLater(path, body, headers).get();
    }

    CompletableFuture<HttpResponse<byte[]>> postLater(String path, byte[] body, String... headers) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(body);
        return http.sendAsync(builder(path, headers).POST(publisher).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> delete(String path, String... headers) throws Exception {
        return http.send(builder(path, headers).DELETE().build(), BodyHandlers.ofByteArray());
    }

    /** Lines as they come. */
    Stream<String> lines(String path, byte[] body, String... headers) throws Exception {
        HttpRequest request =
                builder(path, headers).POST(BodyPublishers.ofByteArray(body)).build();
        return http.send(request, BodyHandlers.ofLines()).body();
    }

    HttpResponse<byte[]> postJson(String path, String json) throws Exception {
        return post(path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /** A form with a prompt, and a file where there is one. */
    HttpResponse<byte[]> postForm(String path, String prompt, byte[] image) throws Exception {
        StringBuilder head = new StringBuilder("--" + BOUNDARY + "\r\n"
                + "Content-Disposition: form-data; name=\"prompt\"\r\n\r\n" + prompt + "\r\n--" + BOUNDARY);
        if (image.length > 0) {
            head.append("\r\nContent-Disposition: form-data; name=\"image\"; filename=\"boats.jpg\"\r\n"
                    + "Content-Type: image/jpeg\r\n\r\n");
        }
        byte[] first = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] last = ((image.length > 0 ? "\r\n--" + BOUNDARY : "") + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] form = new byte[first.length + image.length + last.length];
        System.arraycopy(first, 0, form, 0, first.length);
        System.arraycopy(image, 0, form, first.length, image.length);
        System.arraycopy(last, 0, form, first.length + image.length, last.length);
        return post(path, form, "Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }

    static String[] login(String name, String password) {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new String[] {"Authorization", "Basic " + pair};
    }

    private HttpRequest.Builder builder(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }
}
