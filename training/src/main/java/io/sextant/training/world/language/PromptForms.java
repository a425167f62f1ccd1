package io.sextant.training.world.language;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * The prompts the product's built-in tasks send, segment by segment. A model has to be trained and scored on these very words; this
 * module cannot use the tasks themselves, so a change there has to be made here as well.
 */
public final class PromptForms {
    private static final String SHORT_ANSWER = "Based on the image, respond to this question with a short answer: ";
    private static final String LOCATION = "give me the location of ";
    private static final String DEFAULT_CAPTION = "briefly describe this image";
    private static final String DEFAULT_GROUNDING = "describe this image in detail";
    private static final String DEFAULT_IDENTIFY = "what is this";

    private PromptForms() {}

    /**
     * A question with its history, the last turn open.
     *
     * @param width of the image in pixels
     * @param height of the image in pixels
     */
    public static List<Turn> turns(Question question, int width, int height) {
        List<Turn> turns = new ArrayList<>();
        for (Round round : question.history()) {
            turns.add(Turn.answered(segments(round.task(), round.prompt()), round.text()));
        }
        PixelBox box = question.box();
        turns.add(Turn.open(
                box == null
                        ? segments(question.task(), question.prompt())
                        : identify(question.prompt(), BinBox.ofPixels(box, width, height))));
        return turns;
    }

    /**
     * One round's segments.
     *
     * @param prompt the user's words; boxes may be typed among those of identify
     */
    public static List<PromptSegment> segments(Task task, String prompt) {
        PromptSegment identifier = PromptSegment.taskIdentifier(task.word());
        PromptSegment words = PromptSegment.userText(prompt);
        return switch (task) {
            case VQA -> List.of(identifier, PromptSegment.literal(SHORT_ANSWER), words);
            case REFER ->
                prompt.endsWith("?")
                        ? List.of(identifier, words)
                        : List.of(identifier, PromptSegment.literal(LOCATION), words);
            case CAPTION -> List.of(identifier, wordsOr(prompt, DEFAULT_CAPTION));
            case GROUNDING -> List.of(identifier, wordsOr(prompt, DEFAULT_GROUNDING));
            case DETECTION -> List.of(identifier, words);
            case IDENTIFY -> typedIdentify(identifier, prompt);
            case CHAT -> List.of(words);
        };
    }

    /** The same turns without their task identifiers, as the ablation asks. */
    public static List<Turn> withoutIdentifiers(List<Turn> turns) {
        return turns.stream()
                .map(turn -> new Turn(
                        turn.question().stream()
                                .filter(segment -> !(segment instanceof PromptSegment.TaskIdentifier))
                                .toList(),
                        turn.answer()))
                .toList();
    }

    private static PromptSegment wordsOr(String prompt, String words) {
        return prompt.isEmpty() ? PromptSegment.literal(words) : PromptSegment.userText(prompt);
    }

    private static List<PromptSegment> identify(String prompt, BinBox box) {
        return List.of(
                PromptSegment.taskIdentifier(Task.IDENTIFY.word()),
                wordsOr(prompt, DEFAULT_IDENTIFY),
                PromptSegment.literal(" "),
                PromptSegment.box(box));
    }

    private static List<PromptSegment> typedIdentify(PromptSegment identifier, String prompt) {
        List<PromptSegment> segments = new ArrayList<>();
        segments.add(identifier);
        int end = 0;
        for (WrittenBox box : AnnotatedText.parse(prompt).boxes()) {
            addWords(segments, prompt.substring(end, box.start()));
            segments.add(PromptSegment.box(box.box()));
            end = box.end();
        }
        addWords(segments, prompt.substring(end));
        return segments;
    }

    private static void addWords(List<PromptSegment> segments, String words) {
        if (!words.isEmpty()) {
            segments.add(PromptSegment.userText(words));
        }
    }
}
