package io.sextant.core.internal.grammar;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How probable the model found each text of a closed set when it wrote one of them. Reads the steps of the one that was written, and asks
 * the model nothing.
 */
public final class ChoiceProbabilities {
    /*
     * The written text is a path of tokens. At each step a token that was not taken leads to the texts that begin so: to one of them
     * as a rule, which gets all its probability, else each gets the same part of it, since nobody went on to tell them apart. What is
     * left at the end of the path is the written text's.
     */
    private static final char BLANK = '\u2581';
    private static final Pattern BYTE_PIECE = Pattern.compile("<0x[0-9A-F]{2}>");

    private final LlamaTokenizer tokenizer;
    private final Map<String, Double> shares = new LinkedHashMap<>();

    /** Of each text. A token may end within a character, so that all is compared as bytes of UTF-8, one in each char. */
    private final Map<String, String> bytes = new HashMap<>();

    private ChoiceProbabilities(LlamaTokenizer tokenizer, List<String> texts) {
        this.tokenizer = tokenizer;
        for (String text : texts) {
            shares.put(text, 0.0);
            bytes.put(text, bytes(text));
        }
    }

    /**
     * Reads the steps.
     *
     * @param texts of the set, all different
     * @param ids the tokens of the answer
     * @param left what the grammar left in the place of each
     * @return a probability for each text, in their order; they sum to 1. Empty where the steps do not tell
     */
    public static Map<String, Double> of(
            LlamaTokenizer tokenizer, List<String> texts, int[] ids, List<MaskedProbabilities> left) {
        if (ids.length != left.size() || left.stream().anyMatch(MaskedProbabilities::isEmpty)) {
            return Map.of();
        }
        ChoiceProbabilities read = new ChoiceProbabilities(tokenizer, texts);
        String written = "";
        double onPath = 1;
        for (int i = 0; i < ids.length; i++) {
            MaskedProbabilities step = left.get(i);
            double taken = 0;
            for (int each = 0; each < step.count(); each++) {
                if (step.id(each) == ids[i]) {
                    taken = step.probability(each);
                } else {
                    read.share(written, step.id(each), onPath * step.probability(each));
                }
            }
            onPath *= taken;
            if (ids[i] != tokenizer.eos()) {
                written += read.text(ids[i]);
            }
        }
        read.share(written, tokenizer.eos(), onPath);
        return read.normalised();
    }

    private void share(String before, int id, double probability) {
        String beginning = (id == tokenizer.eos() ? before : before + text(id)).stripLeading();
        Predicate<String> isMeant =
                id == tokenizer.eos() ? beginning.strip()::equals : each -> each.startsWith(beginning);
        List<String> meant = shares.keySet().stream()
                .filter(text -> isMeant.test(bytes.get(text)))
                .toList();
        meant.forEach(text -> shares.merge(text, probability / meant.size(), Double::sum));
    }

    private String text(int id) {
        String piece = tokenizer.piece(id);
        if (BYTE_PIECE.matcher(piece).matches()) {
            return String.valueOf((char) Integer.parseInt(piece.substring(3, 5), 16));
        }
        return bytes(piece.replace(BLANK, ' '));
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Map<String, Double> normalised() {
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(sum > 0)) {
            return Map.of();
        }
        shares.replaceAll((text, share) -> share / sum);
        return shares;
    }
}
