package io.sextant.tasks.builtin.each;

import io.sextant.core.box.PixelBox;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds things, then asks a question about each, shown by itself. */
final class ReadEachTask implements CompositeTask {
    private static final String SCHEMA = "sextant-read-each-v1";
    private static final String DETECTION = "detection";
    private static final String VQA = "vqa";
    private static final int MOST_THINGS = 24;
    private static final StepBudget BUDGET = new StepBudget(1 + MOST_THINGS, MOST_THINGS, 4_000, Duration.ofMinutes(5));

    private static final ResultSchema RESULT =
            ResultSchema.customFrom(SCHEMA, ReadEachTask.class, "/META-INF/sextant/read-each-v1.schema.json");

    private final ReadEachSettings settings;

    ReadEachTask(ReadEachSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder(ReadEachTaskFactory.NAME)
                .fullName("detection and visual question answering")
                .summary("Finds things, then asks a question about each of them: \"things: question\".")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("cups: what colour is it?")
                .budget(BUDGET)
                .result(RESULT)
                .build();
    }

    @Override
    public Set<String> asks() {
        return Set.of(DETECTION, VQA);
    }

    @Override
    public NextMove next(TaskRequest request, List<StepAnswer> answers) {
        Words words = Words.of(request.prompt(), settings.question());
        if (answers.isEmpty()) {
            return NextMove.ask(Step.of(DETECTION, words.things()));
        }
        List<Thing> things = things(answers.get(0).result());
        List<Thing> asked = surest(things);
        if (answers.size() == 1 && !asked.isEmpty()) {
            return NextMove.ask(asked.stream()
                    .map(thing ->
                            Step.of(VQA, words.question()).lookingAt(thing.box().pixels(), settings.margin()))
                    .toList());
        }
        return finish(words, asked, things.size() - asked.size(), answers.subList(1, answers.size()));
    }

    /** In the order in which they were found. */
    private static List<Thing> surest(List<Thing> things) {
        List<Thing> sure = new ArrayList<>(things);
        sure.sort(Comparator.comparingDouble(thing -> -thing.box().confidence()));
        List<Thing> most = sure.subList(0, Math.min(sure.size(), MOST_THINGS));
        return things.stream().filter(most::contains).limit(MOST_THINGS).toList();
    }

    private static List<Thing> things(TaskResult found) {
        List<Thing> things = new ArrayList<>();
        if (found instanceof TaskResult.Phrases phrases) {
            for (LocatedPhrase phrase : phrases.phrases()) {
                phrase.boxes().forEach(box -> things.add(new Thing(phrase.text(), box)));
            }
        }
        return things;
    }

    private static NextMove finish(Words words, List<Thing> things, int leftOut, List<StepAnswer> answers) {
        List<Map<String, Object>> items = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            Thing thing = things.get(i);
            items.add(item(thing, answers.get(i)));
            lines.add(thing.name() + ": " + answers.get(i).text());
        }
        Map<String, Object> object = new HashMap<>();
        object.put("things", words.things());
        object.put("question", words.question());
        object.put("items", items);
        object.put("leftOut", leftOut);
        String text = lines.isEmpty() ? words.things() + ": none" : String.join("\n", lines);
        return NextMove.finish(text, new TaskResult.Custom(SCHEMA, object));
    }

    private static Map<String, Object> item(Thing thing, StepAnswer answer) {
        PixelBox pixels = thing.box().pixels();
        Map<String, Object> item = new HashMap<>();
        item.put("thing", thing.name());
        item.put("label", thing.name() + ": " + answer.text());
        item.put("answer", answer.text());
        item.put("confidence", rounded(thing.box().confidence(), 1_000));
        item.put("xMin", rounded(pixels.xMin(), 100));
        item.put("yMin", rounded(pixels.yMin(), 100));
        item.put("xMax", rounded(pixels.xMax(), 100));
        item.put("yMax", rounded(pixels.yMax(), 100));
        if (answer.result() instanceof TaskResult.Answer answered) {
            item.put("answerConfidence", rounded(answered.confidence(), 1_000));
        }
        return item;
    }

    /** As the result document rounds: confidences to a thousandth, pixels to a hundredth. */
    private static double rounded(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }

    /**
     * One thing that was found.
     *
     * @param name as it came back
     * @param box in pixels of the image
     */
    private record Thing(String name, LocatedBox box) {}

    /**
     * What the request asks.
     *
     * @param things to find
     * @param question about each
     */
    private record Words(String things, String question) {
        static Words of(String prompt, String usual) {
            int colon = prompt.indexOf(':');
            String things = (colon < 0 ? prompt : prompt.substring(0, colon)).strip();
            String question = colon < 0 ? "" : prompt.substring(colon + 1).strip();
            return new Words(things.isEmpty() ? prompt : things, question.isEmpty() ? usual : question);
        }
    }
}
