package io.sextant.tasks.builtin.verified;

import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.StepBudget;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks for a caption, then looks for each thing it names. */
final class VerifiedCaptionTask implements CompositeTask {
    private static final String CAPTION = "caption";
    private static final String DETECTION = "detection";
    private static final int MOST_PHRASES = 24;
    private static final StepBudget BUDGET = new StepBudget(1 + MOST_PHRASES, 0, 4_000, Duration.ofMinutes(5));
    private static final String NOT_FOUND = " (no box)";
    private static final String NOT_LOOKED_FOR = " (not looked for)";

    private final VerifiedCaptionSettings settings;

    VerifiedCaptionTask(VerifiedCaptionSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(VerifiedCaptionTaskFactory.NAME)
                .fullName("verified captioning")
                .summary("Describes the image, looks for each thing it named, and marks what it does not find.")
                .prompt(InputNeed.OPTIONAL)
                .examplePrompt("briefly describe this image")
                .budget(BUDGET)
                .result(ResultSchema.phrases())
                .build();
    }

    @Override
    public Set<String> asks() {
        return Set.of(CAPTION, DETECTION);
    }

    @Override
    public NextMove next(TaskRequest request, List<StepAnswer> answers) {
        if (answers.isEmpty()) {
            return NextMove.ask(Step.of(CAPTION, request.prompt()));
        }
        String caption = answers.get(0).text();
        List<CaptionPhrase> phrases = CaptionPhrase.of(caption);
        List<CaptionPhrase> checked = phrases.subList(0, Math.min(phrases.size(), MOST_PHRASES));
        if (answers.size() == 1 && !checked.isEmpty()) {
            return NextMove.ask(checked.stream()
                    .map(phrase -> Step.of(DETECTION, phrase.text()))
                    .toList());
        }
        return NextMove.finish(caption, result(caption, phrases, answers.subList(1, answers.size())));
    }

    private TaskResult.Phrases result(String caption, List<CaptionPhrase> phrases, List<StepAnswer> found) {
        StringBuilder marked = new StringBuilder(caption);
        List<LocatedPhrase> located = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        for (int i = phrases.size() - 1; i >= 0; i--) {
            CaptionPhrase phrase = phrases.get(i);
            boolean isLookedFor = i < found.size();
            List<LocatedBox> boxes = isLookedFor ? support(found.get(i).result()) : List.of();
            double confidence =
                    boxes.stream().mapToDouble(LocatedBox::confidence).max().orElse(0);
            located.add(0, new LocatedPhrase(phrase.text(), boxes, confidence));
            if (boxes.isEmpty()) {
                marked.insert(phrase.end(), isLookedFor ? NOT_FOUND : NOT_LOOKED_FOR);
            }
        }
        found.forEach(answer -> malformed.addAll(answer.result().malformed()));
        return new TaskResult.Phrases(marked.toString(), located, malformed);
    }

    private List<LocatedBox> support(TaskResult result) {
        return result instanceof TaskResult.Phrases found
                ? found.phrases().stream()
                        .flatMap(phrase -> phrase.boxes().stream())
                        .filter(box -> box.confidence() >= settings.minConfidence())
                        .toList()
                : List.of();
    }
}
