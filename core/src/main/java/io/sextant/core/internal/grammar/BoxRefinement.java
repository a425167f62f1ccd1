package io.sextant.core.internal.grammar;

import io.sextant.core.GeneratedToken;
import io.sextant.core.RefinedSpan;
import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.RefinedBox;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the boxes of an answer, and where the model expected their edges. Immutable and thread-safe. */
public final class BoxRefinement {
    private final CoordinateReader reader;

    public BoxRefinement(LlamaTokenizer tokenizer) {
        this.reader = new CoordinateReader(tokenizer);
    }

    /**
     * The boxes whose edges can be told; others are left out.
     *
     * @param tokens that wrote the text
     * @param left what the grammar left in the place of each
     */
    public List<RefinedSpan> of(String text, List<GeneratedToken> tokens, List<MaskedProbabilities> left) {
        List<RefinedSpan> refined = new ArrayList<>();
        if (left.size() == tokens.size()) {
            for (WrittenBox written : AnnotatedText.parse(text).boxes()) {
                box(written, tokens, left)
                        .ifPresent(box -> refined.add(new RefinedSpan(written.start(), written.end(), box)));
            }
        }
        return refined;
    }

    private Optional<RefinedBox> box(WrittenBox written, List<GeneratedToken> tokens, List<MaskedProbabilities> left) {
        List<CoordinateReader.Step> steps = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            GeneratedToken token = tokens.get(i);
            if (token.start() < written.end() && token.end() > written.start()) {
                steps.add(new CoordinateReader.Step(token.id(), left.get(i)));
            }
        }
        List<CoordinateProbabilities> numbers = reader.read(steps);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        BinBox box = written.box();
        List<Integer> chosen =
                numbers.stream().map(CoordinateProbabilities::chosen).toList();
        if (!chosen.equals(List.of(box.xMin(), box.yMin(), box.xMax(), box.yMax()))) {
            return Optional.empty();
        }
        return Optional.of(RefinedBox.of(
                box,
                numbers.get(0).distribution(),
                numbers.get(1).distribution(),
                numbers.get(2).distribution(),
                numbers.get(3).distribution(),
                RefinedBox.WINDOW));
    }
}
