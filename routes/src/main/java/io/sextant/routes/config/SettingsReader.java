package io.sextant.routes.config;

import io.sextant.core.error.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads everything under {@code sextant.} and tells all that is wrong with it at once.
 *
 * <p>A command line makes its configuration with {@link #withDefaultSourcesAnd}; an application on Quarkus, where the mapping
 * interfaces are found at build time, hands in its own to {@link #read(SmallRyeConfig)}, or injects the seven interfaces and
 * calls {@link #read(SmallRyeConfig, ModelConfig, ImageConfig, GenerationConfig, TasksConfig, PluginsConfig, S3Config, PipelinesConfig)}. It should
 * set {@code quarkus.config.mapping.validate-unknown=false}, because the check here knows the nearest key.
 */
public final class SettingsReader {
    private static final String KAFKA = "sextant.kafka.";

    private SettingsReader() {}

    /**
     * Reads a configuration in which the mapping interfaces are registered.
     *
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings read(SmallRyeConfig config) {
        return read(
                config,
                config.getConfigMapping(ModelConfig.class),
                config.getConfigMapping(ImageConfig.class),
                config.getConfigMapping(GenerationConfig.class),
                config.getConfigMapping(TasksConfig.class),
                config.getConfigMapping(PluginsConfig.class),
                config.getConfigMapping(S3Config.class),
                config.getConfigMapping(PipelinesConfig.class));
    }

    /**
     * Reads mappings that were injected.
     *
     * @param config where the mappings come from; searched for unknown keys
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings read(
            SmallRyeConfig config,
            ModelConfig model,
            ImageConfig image,
            GenerationConfig generation,
            TasksConfig tasks,
            PluginsConfig plugins,
            S3Config s3,
            PipelinesConfig pipelines) {
        Problems problems = new Problems();
        KnownKeys.check(config.getPropertyNames(), problems);
        return new SettingsConversion(problems)
                .convert(model, image, generation, tasks, plugins, pipelines, kafka(config), s3);
    }

    /** What stands under {@code sextant.kafka.}; a setting with dots in its name may be quoted. */
    private static Map<String, String> kafka(SmallRyeConfig config) {
        Map<String, String> settings = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                String setting = name.substring(KAFKA.length()).replace("\"", "");
                config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(setting, value));
            }
        }
        return settings;
    }

    /**
     * Reads the environment, system properties and {@code META-INF/microprofile-config.properties}, and the further sources.
     *
     * @param further for instance a properties file of the user's
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings withDefaultSourcesAnd(List<? extends ConfigSource> further) {
        return build(() -> builder(further).addDefaultSources());
    }

    /**
     * Reads these sources and no others.
     *
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings withSources(List<? extends ConfigSource> sources) {
        return build(() -> builder(sources));
    }

    private static SmallRyeConfigBuilder builder(List<? extends ConfigSource> sources) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(sources.toArray(new ConfigSource[0]))
                .withValidateUnknown(false);
    }

    private static SextantSettings build(Supplier<SmallRyeConfigBuilder> builder) {
        SmallRyeConfig config;
        try {
            config = builder.get()
                    .withMapping(ModelConfig.class)
                    .withMapping(ImageConfig.class)
                    .withMapping(GenerationConfig.class)
                    .withMapping(TasksConfig.class)
                    .withMapping(PluginsConfig.class)
                    .withMapping(S3Config.class)
                    .withMapping(PipelinesConfig.class)
                    .build();
        } catch (ConfigValidationException e) {
            throw mappingProblems(builder.get().build(), e);
        }
        return read(config);
    }

    /** A misspelt key often shows as a missing one too: both are told. */
    private static ConfigurationException mappingProblems(SmallRyeConfig unmapped, ConfigValidationException failure) {
        Problems problems = new Problems();
        KnownKeys.check(unmapped.getPropertyNames(), problems);
        for (int i = 0; i < failure.getProblemCount(); i++) {
            problems.add(failure.getProblem(i).getMessage().replaceFirst("^(\\S+: )?SRCFG\\d+: ", ""));
        }
        return problems.toException(failure);
    }
}
