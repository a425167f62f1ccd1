package io.sextant.tasks.builtin.verified;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.FinishReason;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A caption that names more than is looked for. */
final class VerifiedCaptionTaskTest {
    private static final TaskRequest REQUEST = new TaskRequest("", null, 100, 100, Map.of());

    private final VerifiedCaptionTask task = new VerifiedCaptionTask(new VerifiedCaptionSettings(0.4));

    @Test
    void tellsWhatItDidNotFindFromWhatItDidNotLookFor() {
        String caption = IntStream.range(0, 26)
                .mapToObj(i -> "a thing" + (char) ('a' + i))
                .collect(Collectors.joining(" and "));
        List<StepAnswer> answers = new ArrayList<>();
        answers.add(answer(Step.of("caption", ""), caption));
        NextMove.Ask ask = (NextMove.Ask) task.next(REQUEST, answers);
        assertThat(ask.steps()).hasSize(24);
        ask.steps().forEach(step -> answers.add(answer(step, "")));

        NextMove.Finish finish = (NextMove.Finish) task.next(REQUEST, answers);

        TaskResult.Phrases result = (TaskResult.Phrases) finish.result();
        assertThat(result.phrases()).hasSize(26);
        assertThat(result.text())
                .contains("a thingx (no box) and a thingy (not looked for)")
                .endsWith("a thingz (not looked for)")
                .doesNotContain("a thinga (not");
    }

    private static StepAnswer answer(Step step, String text) {
        return new StepAnswer(
                step, text, new TaskResult.Phrases(text, List.of(), List.of()), FinishReason.END_OF_SEQUENCE);
    }
}
