package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines whose sources and sinks are servers that components of Camel's talk to. */
class CamelEndpointsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path work;

    @Test
    void takesImagesFromAnFtpServerAndSendsResultsToIt() throws Exception {
        int port = freePort();
        Path home = Files.createDirectories(work.resolve("home"));
        Path in = Files.createDirectories(home.resolve("in"));
        Files.write(in.resolve("good.jpg"), TestImages.jpeg(1));
        Files.writeString(in.resolve("bad.jpg"), "no image");
        String server = "camel:ftp://camera@127.0.0.1:" + port;
        Map<String, String> properties = pipeline(
                server + "/in?password=hush&passiveMode=true&binary=true&delay=200&initialDelay=0&move=done",
                server + "/out?password=hush&passiveMode=true");
        properties.put("sextant.pipelines.inbox.dead-letter", "file:" + work.resolve("bad"));

        FtpServer ftp = ftp(port, home);
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(in.resolve("done/good.jpg")) && Files.exists(in.resolve("done/bad.jpg")));

            assertThat(Files.readString(home.resolve("out/good.jpg.caption.json")))
                    .contains("\"task\":\"caption\"", "good.jpg");
            assertThat(PipelineHarness.files(home.resolve("out"))).hasSize(1);
            assertThat(PipelineHarness.files(work.resolve("bad"))).hasSize(2);
            assertThat(pipelines.context().isStarted()).isTrue();
        } finally {
            ftp.stop();
        }
    }

    @Test
    void answersPostedImagesOverHttpAndPostsResults() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer results = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        results.createContext("/results", exchange -> {
            posted.add(exchange.getRequestHeaders().getFirst("SextantStep") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        results.start();
        int port = freePort();
        Map<String, String> properties = pipeline(
                "camel:netty-http:http://127.0.0.1:" + port + "/images?muteException=true",
                "camel:http://127.0.0.1:" + results.getAddress().getPort() + "/results");
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            assertThat(post(port, TestImages.jpeg(1)).statusCode()).isEqualTo(204);
            assertThat(posted.poll(1, TimeUnit.MINUTES)).startsWith("caption {\"schema\":\"sextant-result-v1\"");

            assertThat(post(port, "no image".getBytes(UTF_8)).statusCode()).isEqualTo(500);
            assertThat(posted).isEmpty();
            assertThat(pipelines.context().isStarted()).isTrue();
        } finally {
            results.stop(0);
        }
    }

    private static HttpResponse<String> post(int port, byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/images"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> pipeline(String from, String to) {
        Map<String, String> properties = new HashMap<>();
        String prefix = "sextant.pipelines.inbox.";
        properties.put(prefix + "from", from);
        properties.put(prefix + "to", to);
        properties.put(prefix + "steps[0].task", "caption");
        return properties;
    }

    private static FtpServer ftp(int port, Path home) throws Exception {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(port);
        BaseUser user = new BaseUser();
        user.setName("camera");
        user.setPassword("hush");
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        factory.getUserManager().save(user);
        FtpServer server = factory.createServer();
        server.start();
        return server;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
