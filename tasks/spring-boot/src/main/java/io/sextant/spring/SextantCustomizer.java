package io.sextant.spring;

import io.sextant.tasks.camel.SextantComponent;
import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Hands the keys on to the component, as other runtimes of Camel do: {@code model-path}, {@code modelPath} and the environment variable
 * {@code …_MODEL_PATH} are the same, {@code #name} is a bean, and a key that the component does not have fails the start. As with the
 * components that Camel has starters for, {@code enabled} and {@code customizer.enabled} switch this off.
 */
final class SextantCustomizer implements ComponentCustomizer {
    static final String PREFIX = "camel.component.sextant";

    private static final String ALL = "camel.component";
    private static final String CUSTOMIZER = ".customizer";
    private static final String ENABLED = ".enabled";

    private final CamelContext camel;
    private final Environment environment;

    SextantCustomizer(CamelContext camel, Environment environment) {
        this.camel = camel;
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof SextantComponent
                && HierarchicalPropertiesEvaluator.evaluate(environment, ALL, PREFIX)
                && HierarchicalPropertiesEvaluator.evaluate(environment, ALL + CUSTOMIZER, PREFIX + CUSTOMIZER);
    }

    @Override
    public void configure(String name, Component target) {
        Binder binder = Binder.get(environment);
        PropertyConfigurer configurer = target.getComponentPropertyConfigurer();
        Map<String, Object> unknown = new HashMap<>();
        binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).ifBound(keys -> flatten("", keys, unknown));
        unknown.keySet().removeIf(key -> isSame(key, ENABLED) || isSame(key, CUSTOMIZER + ENABLED));
        Map<String, Object> options = new HashMap<>();
        types(target, (PropertyConfigurerGetter) configurer).forEach((option, type) -> {
            unknown.keySet().removeIf(key -> isSame(key, option));
            binder.bind(PREFIX + "." + StringHelper.camelCaseToDash(option), Bindable.of(Object.class))
                    .ifBound(value -> options.put(option, type == String.class ? word(value) : value));
        });
        // Refused there by name.
        options.putAll(unknown);
        PropertyBindingSupport.build()
                .withCamelContext(camel)
                .withTarget(target)
                .withProperties(options)
                .withConfigurer(configurer)
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind();
    }

    /** What the component can be told, as it calls it. */
    private static Map<String, Class<?>> types(Component target, PropertyConfigurerGetter configurer) {
        Map<String, Class<?>> types = new HashMap<>();
        Arrays.stream(BeanUtils.getPropertyDescriptors(target.getClass()))
                .map(PropertyDescriptor::getName)
                .forEach(option -> {
                    Class<?> type = configurer.getOptionType(option, false);
                    if (type != null) {
                        types.put(option, type);
                    }
                });
        return types;
    }

    /** An environment variable's {@code MODEL_PATH} comes as {@code path} below {@code model}. */
    private static void flatten(String parent, Map<?, ?> keys, Map<String, Object> flat) {
        keys.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                flatten(parent + key + ".", below, flat);
            } else {
                flat.put(parent + key, value);
            }
        });
    }

    private static boolean isSame(String key, String option) {
        return letters(key).equals(letters(option));
    }

    private static String letters(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** YAML takes {@code on} and {@code off} for truth values. */
    private static Object word(Object value) {
        return value instanceof Boolean isOn ? (isOn ? "on" : "off") : value;
    }
}
