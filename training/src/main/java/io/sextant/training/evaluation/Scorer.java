package io.sextant.training.evaluation;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.BareBoxes;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.box.AnnotatedText.Span;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.PixelBox;
import io.sextant.training.evaluation.boxes.BoxMatching;
import io.sextant.training.evaluation.boxes.ImageBoxes;
import io.sextant.training.evaluation.boxes.NamedBox;
import io.sextant.training.evaluation.boxes.ScoredBox;
import io.sextant.training.evaluation.reference.AnswerNormaliser;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scores one answer against what is true. Stateless apart from the nouns it knows. */
final class Scorer {
    private final NounWords nouns;

    Scorer(NounWords nouns) {
        this.nouns = nouns;
    }

    /**
     * The score of an answer by its task's own measure.
     *
     * @param width of the image in pixels
     * @param height of the image in pixels
     */
    Tally score(Truth truth, String text, int width, int height) {
        if (truth instanceof Truth.Boxes boxes) {
            return Tally.of(isWithin(boxes.boxes().get(0), AnnotatedText.parse(text), width, height));
        }
        if (truth instanceof Truth.Answers answers) {
            String written = AnswerNormaliser.normalise(text);
            return Tally.of(answers.answers().stream()
                    .anyMatch(answer -> AnswerNormaliser.normalise(answer).equals(written)));
        }
        if (truth instanceof Truth.Phrases phrases) {
            List<NamedBox> written = written(AnnotatedText.parse(text), SpanConfidence.CERTAIN, width, height).stream()
                    .map(ScoredBox::named)
                    .toList();
            List<NamedBox> wanted = wanted(phrases);
            return Tally.of(BoxMatching.matches(written, wanted), written.size(), wanted.size());
        }
        if (truth instanceof Truth.Objects objects) {
            Set<String> wanted = new LinkedHashSet<>();
            objects.nouns().forEach(noun -> wanted.add(nouns.head(noun)));
            return named(text, wanted);
        }
        throw new IllegalStateException("unknown truth " + truth.getClass());
    }

    /** The nouns a grounded caption says, scored as those of a caption. */
    Tally scoreAsCaption(Truth.Phrases truth, String text) {
        Set<String> wanted = new LinkedHashSet<>();
        truth.phrases().forEach(phrase -> wanted.add(nouns.head(phrase.text())));
        return named(text, wanted);
    }

    /**
     * The boxes of an answer and the true ones. Classes are the head nouns of the phrases; an expression that refers to one object
     * has one class of all its boxes and one true box, the first.
     *
     * @return nothing if the task has no boxes
     */
    Optional<ImageBoxes> boxes(Prediction prediction) {
        AnnotatedText text = AnnotatedText.parse(prediction.text());
        SpanConfidence confidence = prediction.confidence();
        Truth truth = prediction.annotation().question().truth();
        if (truth instanceof Truth.Boxes boxes) {
            return Optional.of(new ImageBoxes(
                    scored("", text.boxes(), confidence, prediction.width(), prediction.height()),
                    List.of(new NamedBox("", boxes.boxes().get(0)))));
        }
        if (truth instanceof Truth.Phrases phrases) {
            return Optional.of(new ImageBoxes(
                    written(text, confidence, prediction.width(), prediction.height()), wanted(phrases)));
        }
        return Optional.empty();
    }

    /** Whether a phrase that was written is about one of the nouns wanted. */
    boolean isWanted(String phrase, Truth.Phrases truth) {
        String noun = nouns.head(phrase);
        return truth.phrases().stream()
                .anyMatch(wanted -> nouns.head(wanted.text()).equals(noun));
    }

    /** Whether an answer holds a tag that is not closed, or a box that is none. */
    static boolean isMalformed(String text) {
        return !AnnotatedText.parse(text).malformed().isEmpty();
    }

    private Tally named(String text, Set<String> wanted) {
        Set<String> said = nouns.said(AnnotatedText.parse(text).plainText());
        int right = (int) said.stream().filter(wanted::contains).count();
        return Tally.of(right, said.size(), wanted.size());
    }

    private static boolean isWithin(PixelBox truth, AnnotatedText text, int width, int height) {
        List<WrittenBox> boxes = text.boxes();
        return !boxes.isEmpty()
                && boxes.get(0).box().toPixels(width, height).intersectionOverUnion(truth) >= BoxMatching.LEAST_OVERLAP;
    }

    private List<ScoredBox> written(AnnotatedText text, SpanConfidence confidence, int width, int height) {
        List<ScoredBox> scored = new ArrayList<>();
        for (Span span : text.spans()) {
            if (span instanceof Phrase phrase) {
                scored.addAll(scored(nouns.head(phrase.text()), phrase.boxes(), confidence, width, height));
            } else if (span instanceof BareBoxes bare) {
                scored.addAll(scored("", bare.boxes(), confidence, width, height));
            }
        }
        return scored;
    }

    private static List<ScoredBox> scored(
            String noun, List<WrittenBox> boxes, SpanConfidence confidence, int width, int height) {
        return boxes.stream()
                .map(box -> new ScoredBox(
                        new NamedBox(noun, box.box().toPixels(width, height)), confidence.of(box.start(), box.end())))
                .toList();
    }

    private List<NamedBox> wanted(Truth.Phrases truth) {
        List<NamedBox> named = new ArrayList<>();
        for (GroundedPhrase phrase : truth.phrases()) {
            String noun = nouns.head(phrase.text());
            phrase.boxes().forEach(box -> named.add(new NamedBox(noun, box)));
        }
        return named;
    }
}
