package io.sextant.app.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a PromQL expression: those of metrics, and those of labels. */
record Query(Set<String> metrics, Set<String> labels) {
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*),\\s*(\\w+)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=|,|$)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w$.])[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    static Query of(String expression) {
        Set<String> labels = new HashSet<>();
        String rest = expression.replaceAll("\\[[^]]*]", " ");
        Matcher values = VALUES.matcher(rest);
        if (values.matches()) {
            labels.add(values.group(2));
            rest = values.group(1);
        }
        for (Pattern pattern : new Pattern[] {MATCHERS, GROUPING}) {
            Matcher found = pattern.matcher(rest);
            while (found.find()) {
                Matcher label = LABEL.matcher(found.group(1).replaceAll("\"[^\"]*\"", ""));
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
            rest = pattern.matcher(rest).replaceAll(" ");
        }
        Set<String> metrics = new HashSet<>();
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                metrics.add(name.group());
            }
        }
        return new Query(metrics, labels);
    }
}
