package io.sextant.spring;

import io.sextant.tasks.camel.SextantComponent;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Hands the keys on to the component, as other runtimes of Camel do: {@code model-path} and {@code modelPath} are the same, {@code #name} is
 * a bean, and a key that the component does not have fails the start.
 */
final class SextantCustomizer implements ComponentCustomizer {
    static final String PREFIX = "camel.component.sextant";

    private final CamelContext camel;
    private final Environment environment;

    SextantCustomizer(CamelContext camel, Environment environment) {
        this.camel = camel;
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof SextantComponent;
    }

    @Override
    public void configure(String name, Component target) {
        Map<String, Object> options = new HashMap<>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .ifBound(keys -> keys.forEach((key, value) -> options.put(StringHelper.dashToCamelCase(key), value)));
        PropertyBindingSupport.build()
                .withCamelContext(camel)
                .withTarget(target)
                .withProperties(options)
                .withConfigurer(target.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind();
    }
}
