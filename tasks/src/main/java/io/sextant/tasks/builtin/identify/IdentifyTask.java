package io.sextant.tasks.builtin.identify;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.ArrayList;
import java.util.List;

/**
 * <code>[identify] what is this {&lt;xMin&gt;&lt;yMin&gt;&lt;xMax&gt;&lt;yMax&gt;}</code>. The box comes with the request, in
 * pixels, or is typed among the words, in bins as the model writes it.
 */
final class IdentifyTask implements VisionTask {
    private static final PromptSegment IDENTIFIER = PromptSegment.taskIdentifier("identify");
    private static final PromptSegment BLANK = PromptSegment.literal(" ");

    private final IdentifySettings settings;

    IdentifyTask(IdentifySettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(IdentifyTaskFactory.NAME)
                .fullName("referring expression generation")
                .summary(
                        "Says what is inside a box, given in pixels or typed as {<xMin><yMin><xMax><yMax>} from 0 to 100.")
                .prompt(InputNeed.OPTIONAL)
                .box(InputNeed.OPTIONAL)
                .examplePrompt("what is this")
                .result(ResultSchema.answer())
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        PixelBox box = request.box();
        List<WrittenBox> typed = AnnotatedText.parse(request.prompt()).boxes();
        if (box == null && typed.isEmpty()) {
            throw new InvalidRequestException(
                    "Task \"identify\" needs a box, and there is none; add xMin,yMin,xMax,yMax in"
                            + " pixels of the upright image, or type {<xMin><yMin><xMax><yMax>} from 0 to 100 in the prompt.");
        }
        if (box != null && !typed.isEmpty()) {
            throw new InvalidRequestException(
                    "Task \"identify\" was given a box and has another one typed in its prompt;"
                            + " leave out one of them.");
        }
        if (box == null) {
            return typed(request.prompt(), typed);
        }
        BinBox bins = BinBox.ofPixels(box, request.imageWidth(), request.imageHeight());
        return List.of(IDENTIFIER, request.wordsOr(settings.defaultPrompt()), BLANK, PromptSegment.box(bins));
    }

    private static List<PromptSegment> typed(String prompt, List<WrittenBox> boxes) {
        List<PromptSegment> segments = new ArrayList<>();
        segments.add(IDENTIFIER);
        int end = 0;
        for (WrittenBox box : boxes) {
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

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        return new TaskResult.Answer(
                answer.text(),
                answer.confidence(AnswerPart.ANSWER, 0, answer.text().length()));
    }
}
