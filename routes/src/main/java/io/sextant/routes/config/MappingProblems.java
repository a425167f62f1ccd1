package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the mapping of keys to interfaces found wrong, in our words; and values to go on with in place of the wrong ones. */
final class MappingProblems {
    private static final Pattern REQUIRED = Pattern.compile("The config property (\\S+|.*\".*\"\\S*) is required.*");
    private static final Pattern WRONG = Pattern.compile(
            "The config property (\\S+|.*\".*\"\\S*) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("^(?:\\S+: )?SRCFG\\d+: ");
    private static final Pattern NOT_ONE_OF =
            Pattern.compile("Cannot convert .* to enum class \\S+, allowed values: (.*)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("Expected an? (integer|long|double) value.*", Pattern.DOTALL);

    /** For keys that have no default and must have a value; nothing is looked up there. */
    private static final Map<String, String> STAND_INS =
            Map.of("sextant.pipelines.*.from", "file:.", "sextant.pipelines.*.steps[*].task", "caption");

    private MappingProblems() {}

    /**
     * @param problems gets a message for each
     * @param masked gets, by key, what to go on with: the key's default, or empty for none
     */
    static void tell(ConfigValidationException failure, Problems problems, Map<String, String> masked) {
        Map<String, String> usable = usable();
        for (int i = 0; i < failure.getProblemCount(); i++) {
            String text = CODE.matcher(failure.getProblem(i).getMessage()).replaceFirst("");
            Matcher wrong = WRONG.matcher(text);
            Matcher required = REQUIRED.matcher(text);
            if (wrong.matches()) {
                problems.add(
                        wrong.group(1) + "=" + wrong.group(2) + " cannot be used: " + reason(wrong.group(3)) + ".");
                masked.put(wrong.group(1), usable.getOrDefault(KnownKeys.general(wrong.group(1)), ""));
            } else if (required.matches()) {
                problems.add(text);
                masked.put(required.group(1), usable.getOrDefault(KnownKeys.general(required.group(1)), ""));
            } else {
                problems.add(text);
            }
        }
    }

    /** The pipelines whose source or task is not the user's, so that nothing can be said about it. */
    static Set<String> standIns(Map<String, String> masked) {
        Set<String> pipelines = new TreeSet<>();
        for (String key : masked.keySet()) {
            if (STAND_INS.containsKey(KnownKeys.general(key))) {
                KnownKeys.mapName(key).ifPresent(name -> pipelines.add(name.replace("\"", "")));
            }
        }
        return pipelines;
    }

    private static String reason(String thrown) {
        String text = CODE.matcher(thrown.replaceFirst("^(?:\\S*(?:Exception|Error): )+", ""))
                .replaceFirst("");
        Matcher notOneOf = NOT_ONE_OF.matcher(text);
        if (notOneOf.matches()) {
            return "it must be one of " + notOneOf.group(1).replace(",", ", ");
        }
        Matcher number = NUMBER.matcher(text);
        return number.matches()
                ? "it must be a " + (number.group(1).equals("double") ? "number" : "whole number")
                : text;
    }

    private static Map<String, String> usable() {
        Map<String, String> values = new TreeMap<>(STAND_INS);
        for (Class<?> mapping : SettingsReader.MAPPINGS) {
            collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, values);
        }
        return values;
    }

    private static void collect(String prefix, Class<?> mapping, Map<String, String> values) {
        for (Method method : mapping.getDeclaredMethods()) {
            String key = method.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + keyName(method);
            WithDefault usual = method.getAnnotation(WithDefault.class);
            if (usual != null) {
                values.put(key, usual.value());
            }
            collectNested(key, method.getGenericReturnType(), values);
        }
    }

    /** What is mapped below a key: a mapping, or optional, or in a list, or by names. */
    private static void collectNested(String key, Type type, Map<String, String> values) {
        if (type instanceof Class<?> mapping && isMapping(mapping)) {
            collect(key, mapping, values);
        } else if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            String place = generic.getRawType() == Map.class ? ".*" : generic.getRawType() == List.class ? "[*]" : "";
            collectNested(key + place, arguments[arguments.length - 1], values);
        }
    }

    /** Enumerations are of that package too. */
    private static boolean isMapping(Class<?> type) {
        return type.isInterface() && type.getPackage() == MappingProblems.class.getPackage();
    }

    private static String keyName(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
