package io.sextant.routes.config;

import io.sextant.core.error.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSourceFactory;
import io.smallrye.config.source.keystore.KeyStoreConfigSourceFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything under {@code sextant.} and tells all that is wrong with it at once.
 *
 * <p>A command line makes its configuration with {@link #withDefaultSourcesAnd}; an application on Quarkus, where the mapping
 * interfaces are found at build time, hands in its own to {@link #read(SmallRyeConfig)}, or injects the eight interfaces and
 * calls {@link #read(SmallRyeConfig, ModelConfig, ImageConfig, GenerationConfig, TasksConfig, PluginsConfig, PipelinesConfig,
 * LogConfig, HttpConfig)}. It should
 * set {@code quarkus.config.mapping.validate-unknown=false}, because the check here knows the nearest key.
 */
public final class SettingsReader {
    private static final Logger LOGGER = LoggerFactory.getLogger(SettingsReader.class);
    private static final String USUAL_PROFILE = "prod";

    /** The interfaces that keys are mapped to. */
    static final List<Class<?>> MAPPINGS = List.of(
            ModelConfig.class,
            ImageConfig.class,
            GenerationConfig.class,
            TasksConfig.class,
            PluginsConfig.class,
            PipelinesConfig.class,
            LogConfig.class,
            HttpConfig.class);

    private SettingsReader() {}

    /**
     * Reads a configuration in which the mapping interfaces are registered.
     *
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings read(SmallRyeConfig config) {
        Problems problems = new Problems();
        SextantSettings settings = mapped(config, problems);
        problems.throwIfAny();
        return settings;
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
            PipelinesConfig pipelines,
            LogConfig log,
            HttpConfig http) {
        Problems problems = new Problems();
        SextantSettings settings =
                convert(config, model, image, generation, tasks, plugins, pipelines, log, http, problems);
        problems.throwIfAny();
        return settings;
    }

    private static SextantSettings mapped(SmallRyeConfig config, Problems problems) {
        return convert(
                config,
                config.getConfigMapping(ModelConfig.class),
                config.getConfigMapping(ImageConfig.class),
                config.getConfigMapping(GenerationConfig.class),
                config.getConfigMapping(TasksConfig.class),
                config.getConfigMapping(PluginsConfig.class),
                config.getConfigMapping(PipelinesConfig.class),
                config.getConfigMapping(LogConfig.class),
                config.getConfigMapping(HttpConfig.class),
                problems);
    }

    private static SextantSettings convert(
            SmallRyeConfig config,
            ModelConfig model,
            ImageConfig image,
            GenerationConfig generation,
            TasksConfig tasks,
            PluginsConfig plugins,
            PipelinesConfig pipelines,
            LogConfig log,
            HttpConfig http,
            Problems problems) {
        KnownKeys.check(config, problems);
        return new SettingsConversion(problems)
                .convert(
                        model,
                        image,
                        generation,
                        tasks,
                        plugins,
                        pipelines,
                        ConnectorValues.read(config, problems),
                        log,
                        http);
    }

    /**
     * Reads the environment, system properties and {@code META-INF/microprofile-config.properties}, and the further sources, in
     * the profile that {@code quarkus.profile} names. Environment variables that stand for no key are warned about.
     *
     * @param further for instance a properties file of the user's
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings withDefaultSourcesAnd(List<? extends ConfigSource> further) {
        Problems problems = new Problems();
        SextantSettings settings = withDefaultSourcesAnd(further, problems);
        problems.throwIfAny();
        return settings;
    }

    /**
     * As {@link #withDefaultSourcesAnd(List)}, gathering what is wrong, so that more may be found wrong before it is told.
     *
     * @param problems gets every key that is unknown, malformed, out of range or contradicts another
     * @return what could be read; only to look for further problems if there are any
     */
    public static SextantSettings withDefaultSourcesAnd(List<? extends ConfigSource> further, Problems problems) {
        return build(() -> builder(further).addDefaultSources(), problems);
    }

    /**
     * Reads these sources and no others.
     *
     * @throws ConfigurationException naming every key that is unknown, malformed, out of range or contradicts another
     */
    public static SextantSettings withSources(List<? extends ConfigSource> sources) {
        Problems problems = new Problems();
        SextantSettings settings = build(() -> builder(sources), problems);
        problems.throwIfAny();
        return settings;
    }

    /**
     * The value of a key that is not Sextant's, from the same places as {@link #withDefaultSourcesAnd(List)}.
     *
     * @return empty where nobody sets it
     */
    public static Optional<String> foreignValue(List<? extends ConfigSource> further, String key) {
        return profiled(() -> builder(further).addDefaultSources()).build().getOptionalValue(key, String.class);
    }

    private static SmallRyeConfigBuilder builder(List<? extends ConfigSource> sources) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new WrittenNames())
                .withSources(sources.toArray(new ConfigSource[0]))
                // Quarkus finds these by itself.
                .withSources(new FileSystemConfigSourceFactory(), new KeyStoreConfigSourceFactory())
                .withValidateUnknown(false);
    }

    /** The profile is told as Quarkus is told it, so that one file means the same to every verb. */
    private static SmallRyeConfigBuilder profiled(Supplier<SmallRyeConfigBuilder> builder) {
        SmallRyeConfig plain = builder.get().build();
        String profile = plain.getOptionalValue("quarkus.profile", String.class)
                .or(() -> plain.getOptionalValue("smallrye.config.profile", String.class))
                .orElse(USUAL_PROFILE);
        return builder.get().withProfiles(List.of(profile.split("\\s*,\\s*")));
    }

    private static SextantSettings build(Supplier<SmallRyeConfigBuilder> builder, Problems problems) {
        Map<String, String> masked = new TreeMap<>();
        while (true) {
            try {
                SmallRyeConfigBuilder mapping = profiled(builder).withInterceptorFactories(MaskedKeys.of(masked));
                MAPPINGS.forEach(mapping::withMapping);
                SmallRyeConfig config = mapping.build();
                KnownKeys.unknownVariables(config).forEach(LOGGER::warn);
                return mapped(config, problems).withoutPipelines(MappingProblems.standIns(masked));
            } catch (ConfigValidationException e) {
                int before = masked.size();
                MappingProblems.tell(e, problems, masked);
                if (masked.size() == before) {
                    KnownKeys.check(profiled(builder).build(), problems);
                    throw problems.toException(e);
                }
            }
        }
    }
}
