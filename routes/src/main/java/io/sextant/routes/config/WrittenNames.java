package io.sextant.routes.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.common.utils.StringUtil;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one name of all the ways a key is written: the name of a pipeline or task with or without quotes, and variables of the
 * environment, whose letters leave open where a name has dashes. Found as a service by Quarkus, and used directly by
 * {@link SettingsReader}.
 */
public final class WrittenNames implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private static final Pattern QUOTED =
            Pattern.compile("(sextant\\.(?:pipelines|tasks)\\.)\"([a-zA-Z0-9-]+)\"(\\..+)");
    private static final Pattern PLAIN = Pattern.compile("(sextant\\.(?:pipelines|tasks)\\.)([a-zA-Z0-9-]+)(\\..+)");

    /** Made of a variable with quotes; no pipeline and no task has a dot in its name. */
    private static final Pattern DOTTED = Pattern.compile("sextant\\.(?:pipelines|tasks)\\.\"[^\"]*\\.[^\"]*\"\\..*");

    private transient volatile @Nullable Meanings meanings;

    /** Made by the configuration. */
    public WrittenNames() {}

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (!name.startsWith("sextant.")) {
            return value;
        }
        Matcher plain = PLAIN.matcher(name);
        if (plain.matches()) {
            value = higher(value, context.proceed(plain.replaceFirst("$1\"$2\"$3")), name);
        }
        String variable = meanings(context).variables().get(name);
        return variable == null ? value : higher(value, context.proceed(variable), name);
    }

    private static @Nullable ConfigValue higher(@Nullable ConfigValue one, @Nullable ConfigValue other, String name) {
        if (other == null || (one != null && one.getConfigSourceOrdinal() >= other.getConfigSourceOrdinal())) {
            return one;
        }
        return other.withName(name);
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Meanings known = meanings(context);
        Set<String> names = new HashSet<>();
        context.iterateNames().forEachRemaining(name -> {
            if (!known.guesses().contains(name)) {
                names.add(plain(name));
            }
        });
        names.addAll(known.variables().keySet());
        return names.iterator();
    }

    private static String plain(String name) {
        return QUOTED.matcher(name).replaceFirst("$1$2$3");
    }

    /**
     * The environment of a process never changes, but the configuration learns names while it is built: sources that are
     * configured themselves are asked for first, with the same interceptor in a shorter chain.
     */
    private Meanings meanings(ConfigSourceInterceptorContext context) {
        Meanings known = meanings;
        if (known == null || known.context() != context) {
            known = Meanings.of(context);
            meanings = known;
        }
        return known;
    }

    /**
     * @param context of the chain they were found in
     * @param variables by key
     * @param guesses names that the configuration makes of variables by itself
     */
    private record Meanings(
            ConfigSourceInterceptorContext context, Map<String, String> variables, Set<String> guesses) {
        static Meanings of(ConfigSourceInterceptorContext context) {
            Set<String> names = new HashSet<>();
            Set<String> ours = new HashSet<>();
            context.iterateNames().forEachRemaining(name -> (Variables.isOurs(name) ? ours : names).add(name));
            Set<String> forms = new HashSet<>();
            Set<String> guesses = new HashSet<>();
            for (String variable : ours) {
                forms.add(variable.toUpperCase(Locale.ROOT));
                guesses.add(StringUtil.toLowerCaseAndDotted(variable));
            }
            for (String name : names) {
                if (DOTTED.matcher(name).matches() && forms.contains(Variables.form(name))) {
                    guesses.add(name);
                }
            }
            names.removeAll(guesses);
            Variables meanings = new Variables(names, ours, Variables.factories());
            Map<String, String> variables = new HashMap<>();
            for (String variable : ours) {
                ConfigValue value = context.proceed(variable);
                String text = value == null || value.getValue() == null ? "" : value.getValue();
                if (!Variables.isNoKey(variable, text)) {
                    meanings.key(variable).ifPresent(key -> variables.put(plain(key), variable));
                }
            }
            return new Meanings(context, Map.copyOf(variables), Set.copyOf(guesses));
        }
    }
}
