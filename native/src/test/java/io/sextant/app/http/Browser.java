package io.sextant.app.http;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a person looks at pages with: it goes where it is sent, and keeps cookies. */
public final class Browser {
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();

    /** Asks for a page. */
    public HttpResponse<String> look(URI page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page).header("Accept", "text/html").build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }
}
