package com.example.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.camel.SextantComponent;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class DescribeTest {
    @TempDir
    private Path folder;

    @Test
    void writesWhatIsSeenOnAnImage() throws Exception {
        try (ConfigurableApplicationContext spring = SpringApplication.run(
                Describe.class, "--inbox=" + folder.resolve("inbox"), "--results=" + folder.resolve("results"))) {
            CamelContext camel = spring.getBean(CamelContext.class);
            NotifyBuilder handled =
                    new NotifyBuilder(camel).fromRoute("caption").whenCompleted(1).create();
            Path whole = folder.resolve("whole.jpg");
            try (InputStream image = DescribeTest.class.getResourceAsStream("/elephants.jpg")) {
                Files.copy(image, whole);
            }
            Files.move(whole, folder.resolve("inbox/elephants.jpg"));

            assertThat(handled.matches(2, TimeUnit.MINUTES)).isTrue();
            assertThat(folder.resolve("results/elephants.jpg.txt")).content().contains("elephant");
            assertThat(camel.getComponent("sextant", SextantComponent.class).getMaxSequences())
                    .isEqualTo(8);
        }
    }
}
