package io.sextant.app.console;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of this build and the Java it runs on. */
@RegisterForReflection
public final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream stream = VersionText.class.getResourceAsStream("/sextant-build.properties")) {
            build.load(stream);
        }
        return new String[] {
            "Sextant " + build.getProperty("version"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
