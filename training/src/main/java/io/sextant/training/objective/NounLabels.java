package io.sextant.training.objective;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.sequence.TokenRow;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.paint.PatchTargets;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which noun each position of a row is about: a visual token about what it shows, the last piece of a noun in a prompt about that noun,
 * however it is written. Both get the same label, one piece of the noun's name, so that what is asked for and what is seen look alike
 * to the layers that compare them. Immutable and thread-safe.
 */
final class NounLabels {
    private final int[] pieces;
    private final List<Form> forms;
    private final VisionDimensions vision;

    NounLabels(Nouns nouns, LlamaTokenizer tokenizer, VisionDimensions vision) {
        List<int[]> names = nouns.list().stream()
                .map(noun -> tokenizer.encodePlain(noun.name()))
                .toList();
        this.pieces = names.stream().mapToInt(name -> rarest(name, names)).toArray();
        this.forms = forms(nouns, tokenizer);
        this.vision = vision;
    }

    /** The piece that the fewest nouns have in their names, the last of those. */
    private static int rarest(int[] name, List<int[]> names) {
        int best = name[name.length - 1];
        long fewest = Long.MAX_VALUE;
        for (int i = name.length - 1; i >= 0; i--) {
            int piece = name[i];
            long sharing = names.stream()
                    .filter(other -> Arrays.stream(other).anyMatch(id -> id == piece))
                    .count();
            if (sharing < fewest) {
                fewest = sharing;
                best = piece;
            }
        }
        return best;
    }

    /** Names and plurals, small and capital, the longest first, so that a carrot is no car. */
    private static List<Form> forms(Nouns nouns, LlamaTokenizer tokenizer) {
        Map<List<Integer>, Form> forms = new HashMap<>();
        for (Noun noun : nouns.list()) {
            for (String text : List.of(noun.name(), noun.plural())) {
                String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
                for (String written : List.of(text, capital)) {
                    int[] ids = tokenizer.encodePlain(written);
                    forms.putIfAbsent(Arrays.stream(ids).boxed().toList(), new Form(ids, noun.index()));
                }
            }
        }
        List<Form> sorted = new ArrayList<>(forms.values());
        sorted.sort(Comparator.comparing((Form form) -> form.ids.length)
                .reversed()
                .thenComparing(form -> Arrays.toString(form.ids)));
        return sorted;
    }

    /** One id for each position of a row: a piece of the noun it is about, or {@link TokenRow#NO_LABEL}. */
    int[] of(TokenRow row, Scene scene, Painting image) {
        int[] labels = new int[row.length()];
        Arrays.fill(labels, TokenRow.NO_LABEL);
        int[] shown = shown(scene, image);
        int token = 0;
        int at = 0;
        while (at < labels.length) {
            int length = 1;
            if (row.ids()[at] == TokenRow.IMAGE) {
                labels[at] = label(shown[token++]);
            } else {
                Form form = formAt(row.ids(), at);
                if (form != null) {
                    length = form.ids.length;
                    labels[at + length - 1] = label(form.noun);
                }
            }
            at += length;
        }
        return labels;
    }

    private @Nullable Form formAt(int[] ids, int at) {
        for (Form form : forms) {
            int end = at + form.ids.length;
            if (end <= ids.length && Arrays.equals(ids, at, end, form.ids, 0, form.ids.length)) {
                return form;
            }
        }
        return null;
    }

    private int label(int noun) {
        return noun == PatchTargets.NO_NOUN ? TokenRow.NO_LABEL : pieces[noun];
    }

    /** The noun that most of each visual token's patches show. */
    private int[] shown(Scene scene, Painting image) {
        int[] nouns = PatchTargets.of(scene, image, vision.patchSize()).nouns();
        int group = vision.patchesPerVisualToken();
        int[] shown = new int[vision.visualTokens()];
        for (int token = 0; token < shown.length; token++) {
            shown[token] = mostFrequent(Arrays.copyOfRange(nouns, token * group, (token + 1) * group));
        }
        return shown;
    }

    private static int mostFrequent(int[] nouns) {
        int best = PatchTargets.NO_NOUN;
        long most = 0;
        for (int noun : nouns) {
            long count = Arrays.stream(nouns).filter(other -> other == noun).count();
            if (noun != PatchTargets.NO_NOUN && count > most) {
                best = noun;
                most = count;
            }
        }
        return best;
    }

    /** How a noun may be written. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its text
    private record Form(int[] ids, int noun) {}
}
