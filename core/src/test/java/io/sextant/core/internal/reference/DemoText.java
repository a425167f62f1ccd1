package io.sextant.core.internal.reference;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text handling of the reference's demo (demo_v2.py). */
public final class DemoText {
    /** What the demo's task buttons put into the input field: none, then the five tasks it offers. */
    public static final List<String> PRESETS = List.of(
            "",
            "[grounding] describe this image in detail",
            "[refer] ",
            "[detection] ",
            "[identify] what is this ",
            "[vqa] ");

    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#(\\d{1,7});?|#[xX]([0-9a-fA-F]{1,6});?|(\\w{2,4});?)");
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

    private DemoText() {}

    /** Puts a backslash before each angle bracket, so that Markdown shows it. */
    public static String escapeMarkdown(String text) {
        return text.replace("<", "\\<").replace(">", "\\>");
    }

    /** Takes the backslashes away again. */
    public static String unescapeMarkdown(String text) {
        return text.replace("\\<", "<").replace("\\>", ">");
    }

    /** Resolves HTML character references: numbers and the six common names (Python's {@code html.unescape} knows 2231). */
    public static String unescapeHtml(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(resolve(match)));
    }

    private static String resolve(MatchResult match) {
        if (match.group(3) != null) {
            return NAMED.getOrDefault(match.group(3), match.group());
        }
        boolean isDecimal = match.group(1) != null;
        int codePoint = Integer.parseInt(match.group(isDecimal ? 1 : 2), isDecimal ? 10 : 16);
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : match.group();
    }
}
