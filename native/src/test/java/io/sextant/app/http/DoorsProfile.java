package io.sextant.app.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An application whose model is a {@link HeldModel}; nobody logs in. */
public class DoorsProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(HeldModel.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder =
                    Files.createTempDirectory(Path.of("target"), "doors-test").toRealPath();
            Map<String, String> keys = new HashMap<>();
            keys.put("quarkus.http.test-port", "0");
            keys.put("sextant.image.max-bytes", "200K");
            keys.put("sextant.http.hosts", "proxy.example");
            keys.put("sextant.http.max-concurrent-requests", "1");
            keys.put("sextant.pipelines.shop.from", "file:" + Files.createDirectory(folder.resolve("in")));
            keys.put("sextant.pipelines.shop.steps[0].task", "caption");
            keys.put("sextant.tasks.\"car@2\".template", "is it {header.colour}?");
            keys.put("sextant.tasks.\"car@2\".headers", "colour");
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
