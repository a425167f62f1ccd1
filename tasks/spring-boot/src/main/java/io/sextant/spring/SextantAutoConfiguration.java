package io.sextant.spring;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Sets up the component {@code sextant} by the keys {@code camel.component.sextant.*} of Spring's environment. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnBean(CamelContext.class)
public class SextantAutoConfiguration {

    /** Called by Camel when the first route names the component. */
    @Bean
    @Lazy
    public ComponentCustomizer sextantComponentCustomizer(CamelContext camel, Environment environment) {
        return new SextantCustomizer(camel, environment);
    }
}
