package io.sextant.app.pipeline;

import io.sextant.app.console.CommonOptions;
import io.sextant.app.security.OidcSettings;
import io.sextant.app.security.OpenDoors;
import io.sextant.app.toolkit.UserFiles;
import io.sextant.core.error.ConfigurationException;
import io.sextant.routes.PipelineCheck;
import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import java.io.IOException;
import java.util.List;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Everything that can be found wrong before Quarkus starts and before a model is opened, told together. */
final class StartCheck {
    private StartCheck() {}

    /**
     * @return the settings, in which nothing is wrong
     * @throws io.sextant.core.error.ConfigurationException naming every key that cannot be used
     */
    static SextantSettings requireGood(CommonOptions options) throws IOException {
        options.configFile().ifPresent(UserFiles::choose);
        List<ConfigSource> files = UserFiles.sources();
        Problems problems = new Problems();
        SextantSettings settings = SettingsReader.withDefaultSourcesAnd(files, problems);
        UserRoutes.check(files, problems);
        boolean isNothingConfigured =
                problems.isEmpty() && settings.pipelines().isEmpty() && !UserRoutes.areConfigured(files);
        problems.require(
                !isNothingConfigured,
                "No pipeline is configured, so there is nothing to run; add sextant.pipelines.\"name\".from and .steps to"
                        + " ./application.properties, name a file with --config, or Camel routes with --routes.");
        // Read by, never started: no route runs here, and the log does not tell of its end.
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setStartupSummaryLevel(StartupSummaryLevel.Off);
            PipelineCheck.check(settings, context, problems);
        }
        HealthAddress address = HealthAddress.configured(files);
        address.check(problems);
        try {
            OpenDoors.requireClosed(
                    address.host(), settings.http(), OidcSettings.of(key -> SettingsReader.foreignValue(files, key)));
        } catch (ConfigurationException e) {
            problems.add(e);
        }
        problems.throwIfAny();
        return settings;
    }
}
