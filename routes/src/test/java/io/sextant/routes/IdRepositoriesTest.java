package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdRepositoriesTest {
    @TempDir
    private Path folder;

    @Test
    void leavesALinkToTheFileWhereItIs() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("photos.ids");
        Files.writeString(real, "old\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.ids"), real);

        try (DefaultCamelContext context = new DefaultCamelContext();
                IdempotentRepository repository = IdRepositories.named("file:" + link, context)) {
            repository.start();
            repository.add("new");
        }

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("old\nnew\n");
    }

    @Test
    void refusesWhatIsNoFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.ids"), folder.resolve("nowhere"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (String place : new String[] {"file:/dev/null", "file:" + link}) {
                assertThatThrownBy(() -> IdRepositories.named(place, context))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("idempotent=" + place);
            }
        }
    }
}
