package com.example.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    @TempDir
    private Path folder;

    @Test
    void answersInAllThreeLanguagesOfRoutes() throws Exception {
        byte[] image;
        try (InputStream stream = InboxTest.class.getResourceAsStream("/elephants.jpg")) {
            image = stream.readAllBytes();
        }
        Main main = Inbox.application();
        main.addOverrideProperty("inbox", folder.resolve("inbox").toString());
        main.addOverrideProperty("results", folder.resolve("results").toString());
        main.start();
        try {
            NotifyBuilder handled = new NotifyBuilder(main.getCamelContext())
                    .fromRoute("caption")
                    .whenCompleted(1)
                    .create();
            Path whole = Files.write(folder.resolve("whole.jpg"), image);
            Files.move(whole, folder.resolve("inbox/elephants.jpg"));
            Object answer = main.getCamelTemplate()
                    .requestBodyAndHeaders(
                            "direct:ask", image, Map.of("SextantPrompt", "how many cameras are there?"));

            assertThat(answer).asString().isEqualTo("vqa: 1");
            assertThat(handled.matches(2, TimeUnit.MINUTES)).isTrue();
            assertThat(folder.resolve("results/elephants.jpg.json")).content().contains("\"task\":\"caption\"");
            assertThat(Files.readAllBytes(folder.resolve("results/elephants.png"))).startsWith(0x89, 'P', 'N', 'G');
        } finally {
            main.stop();
        }
    }
}
