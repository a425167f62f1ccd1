package io.sextant.tasks.spi;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.BareBoxes;
import io.sextant.core.box.AnnotatedText.Malformed;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.box.AnnotatedText.Span;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads answers that hold boxes, so that every task puts them into pixels and asks for their confidence in the same way.
 * Never throws on what a model wrote.
 *
 * @since 0.1
 */
public final class AnswerReader {
    private static final String OPEN = "<p>";
    private static final String CLOSE = "</p>";

    private AnswerReader() {}

    /**
     * The phrases of an answer and where they are. A box that belongs to no phrase becomes a phrase with an empty text.
     *
     * @param request with an image, whose sides scale the boxes
     */
    public static TaskResult.Phrases phrases(TaskAnswer answer, TaskRequest request) {
        AnnotatedText text = AnnotatedText.parse(answer.text());
        List<LocatedPhrase> phrases = new ArrayList<>();
        for (Span span : text.spans()) {
            if (span instanceof Phrase phrase) {
                phrases.add(new LocatedPhrase(
                        phrase.text(), locate(phrase.boxes(), answer, request), confidence(phrase, answer)));
            } else if (span instanceof BareBoxes bare) {
                phrases.add(new LocatedPhrase("", locate(bare.boxes(), answer, request)));
            }
        }
        return new TaskResult.Phrases(text.plainText(), phrases, malformed(text));
    }

    /**
     * All boxes of an answer, with a phrase or without. Words without any box are listed as malformed, but not a phrase without one
     * ({@code <p>cup</p>}): so a model says that there is none.
     *
     * @param request with an image, whose sides scale the boxes
     */
    public static TaskResult.Boxes boxes(TaskAnswer answer, TaskRequest request) {
        AnnotatedText text = AnnotatedText.parse(answer.text());
        List<LocatedBox> boxes = locate(text.boxes(), answer, request);
        List<String> malformed = malformed(text);
        boolean saysSomethingElse = boxes.isEmpty()
                && malformed.isEmpty()
                && text.phrases().isEmpty()
                && !answer.text().isBlank();
        return new TaskResult.Boxes(boxes, saysSomethingElse ? List.of(answer.text()) : malformed);
    }

    /** Of the words alone, without the tags around them. */
    private static double confidence(Phrase phrase, TaskAnswer answer) {
        int start = phrase.start() + OPEN.length();
        return answer.confidence(
                AnswerPart.PHRASE, start, Math.max(start, answer.text().indexOf(CLOSE, start)));
    }

    private static List<LocatedBox> locate(List<WrittenBox> written, TaskAnswer answer, TaskRequest request) {
        return written.stream()
                .map(one -> new LocatedBox(
                        one.box(),
                        pixels(one, answer, request),
                        answer.confidence(AnswerPart.BOX, one.start(), one.end())))
                .toList();
    }

    private static PixelBox pixels(WrittenBox written, TaskAnswer answer, TaskRequest request) {
        return answer.refined(written.start(), written.end())
                .map(refined -> refined.toPixels(request.imageWidth(), request.imageHeight()))
                .orElseGet(() -> written.box().toPixels(request.imageWidth(), request.imageHeight()));
    }

    private static List<String> malformed(AnnotatedText text) {
        return text.malformed().stream().map(Malformed::text).toList();
    }
}
