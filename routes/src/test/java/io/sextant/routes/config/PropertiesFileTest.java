package io.sextant.routes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    private static final String TEXT = "\uFEFFsextant.image.max-side=7\nsextant.model.path=models/gr\u00fc\u00df\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("application.properties");
    }

    @Test
    void readsTheFirstKeyBehindAByteOrderMark() throws IOException {
        Files.writeString(file, TEXT);

        SextantSettings settings = SettingsReader.withSources(List.of(PropertiesFile.source(file, 100)));

        assertThat(settings.imageLimits().maxSide()).isEqualTo(7);
        assertThat(settings.model().folder()).isEqualTo(Path.of("models/gr\u00fc\u00df"));
    }

    @Test
    void namesTheKeyThatAMarkHidesInAFileThatSomebodyElseRead() throws IOException {
        for (String text :
                List.of(TEXT, new String(TEXT.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
            String key = text.substring(0, text.indexOf('='));
            PropertiesConfigSource blind = new PropertiesConfigSource(Map.of(key, "7"), "other.properties", 100);

            assertThatThrownBy(() -> SettingsReader.withSources(List.of(blind)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll(
                            "sextant.image.max-side in ", "other.properties", "begins with a byte order mark");
        }
    }

    @Test
    void isContentWhereTheSameFileWasReadRightly() throws IOException {
        Files.writeString(file, TEXT);
        PropertiesConfigSource blind = new PropertiesConfigSource(file.toUri().toURL(), 90);
        assertThat(blind.getPropertyNames()).contains("\uFEFFsextant.image.max-side");

        SextantSettings settings = SettingsReader.withSources(List.of(blind, PropertiesFile.source(file, 100)));

        assertThat(settings.imageLimits().maxSide()).isEqualTo(7);
    }

    @Test
    void tellsOtherEncodingsAndWhatIsNoProperties() throws IOException {
        Files.write(file, "\uFEFFa=b".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> PropertiesFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-16");
        Files.writeString(file, "a=\\u00zz");
        assertThatThrownBy(() -> PropertiesFile.read(file)).isInstanceOf(IOException.class);
        Files.write(file, "# gr\u00fcn\na=gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PropertiesFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not UTF-8 at the key a");
        Files.write(file, "# gr\u00fcn\na=b".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PropertiesFile.read(file)).isEqualTo(Map.of("a", "b"));
        Files.writeString(file, "");
        assertThat(PropertiesFile.read(file)).isEmpty();
    }
}
