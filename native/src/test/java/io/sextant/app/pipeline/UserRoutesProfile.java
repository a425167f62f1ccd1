package io.sextant.app.pipeline;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** On a tiny random model, without a pipeline: one route in YAML and one in XML, in one temporary folder. */
public class UserRoutesProfile implements QuarkusTestProfile {
    static final String YAML = """
            - route:
                id: captions
                from:
                  uri: file:FOLDER/in-yaml
                  steps:
                    - to: sextant:caption?output=JSON
                    - to: file:FOLDER/out-yaml?fileName=${file:name}.json
            """;

    static final String XML = """
            <routes xmlns="http://camel.apache.org/schema/spring">
              <route id="boxes">
                <from uri="file:FOLDER/in-xml"/>
                <to uri="sextant:detection?prompt=ball"/>
                <to uri="file:FOLDER/out-xml?fileName=${file:name}.json"/>
              </route>
            </routes>
            """;

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder =
                    Files.createTempDirectory(Path.of("target"), "routes-test").toRealPath();
            RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
            Path routes = Files.createDirectories(folder.resolve("routes"));
            Files.writeString(routes.resolve("captions.yaml"), YAML.replace("FOLDER", folder.toString()));
            Files.writeString(routes.resolve("boxes.xml"), XML.replace("FOLDER", folder.toString()));
            return Map.of(
                    ApplicationProfile.FOLDER,
                    folder.toString(),
                    "quarkus.http.test-port",
                    "0",
                    "sextant.model.path",
                    folder.resolve("model").toString(),
                    "sextant.generation.max-new-tokens",
                    "8",
                    "camel.main.routes-include-pattern",
                    "file:" + routes + "/*.yaml,file:" + routes + "/*.xml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
