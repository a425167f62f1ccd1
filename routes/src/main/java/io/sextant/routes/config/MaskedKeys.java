package io.sextant.routes.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Gives keys whose values were found wrong a value that can be used, so that the rest can be looked at too. */
final class MaskedKeys implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> values;

    private MaskedKeys(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Asked before all others, {@link WrittenNames} above all.
     *
     * @param values by key; empty for a key that shall have none
     */
    static ConfigSourceInterceptorFactory of(Map<String, String> values) {
        MaskedKeys keys = new MaskedKeys(values);
        return new ConfigSourceInterceptorFactory() {
            @Override
            public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
                return keys;
            }

            @Override
            public OptionalInt getPriority() {
                return OptionalInt.of(Priorities.APPLICATION + 200);
            }
        };
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        String value = values.get(name);
        if (value == null) {
            return context.proceed(name);
        }
        return value.isEmpty()
                ? null
                : ConfigValue.builder().withName(name).withValue(value).build();
    }
}
