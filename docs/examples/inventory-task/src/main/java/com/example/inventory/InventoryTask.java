package com.example.inventory;

import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for each thing of a list, all in one round, then looks at each one found alone and asks for its colour. */
final class InventoryTask implements CompositeTask {
    private static final int MOST_THINGS = 5;
    private static final int MOST_LOOKS = 10;

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder("inventory")
                .fullName("inventory of named things")
                .summary("Finds each thing of a list and names the colour of each one found.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("elephant, camera")
                .build();
    }

    @Override
    public Set<String> asks() {
        return Set.of("detection", "vqa");
    }

    @Override
    public NextMove next(TaskRequest request, List<StepAnswer> answers) {
        List<String> things = Arrays.stream(request.prompt().split(","))
                .map(String::strip)
                .filter(thing -> !thing.isEmpty())
                .distinct()
                .limit(MOST_THINGS)
                .toList();
        if (answers.isEmpty() && !things.isEmpty()) {
            return NextMove.ask(things.stream().map(thing -> Step.of("detection", thing)).toList());
        }
        List<StepAnswer> found = answers.subList(0, things.size());
        if (answers.size() == things.size()) {
            List<Step> looks = found.stream().flatMap(InventoryTask::looks).limit(MOST_LOOKS).toList();
            return looks.isEmpty() ? finish(List.of()) : NextMove.ask(looks);
        }
        return finish(answers.subList(things.size(), answers.size()));
    }

    /** A look at each place of a thing, with a little of what is around it. */
    private static Stream<Step> looks(StepAnswer answer) {
        List<LocatedBox> boxes = answer.result() instanceof TaskResult.Boxes only
                ? only.boxes()
                : answer.result() instanceof TaskResult.Phrases phrases
                        ? phrases.phrases().stream().map(LocatedPhrase::boxes).flatMap(List::stream).toList()
                        : List.of();
        return boxes.stream().map(box -> Step.of("vqa", "what color is the " + answer.step().prompt() + "?")
                .lookingAt(box.pixels(), 0.1));
    }

    private static NextMove finish(List<StepAnswer> looks) {
        List<Map<String, Object>> items = looks.stream()
                .map(look -> Map.<String, Object>of(
                        "label", look.step().prompt().replaceAll("^what color is the |\\?$", "") + ": " + look.text(),
                        "xMin", look.step().part().xMin(),
                        "yMin", look.step().part().yMin(),
                        "xMax", look.step().part().xMax(),
                        "yMax", look.step().part().yMax()))
                .toList();
        String text = items.stream().map(item -> (String) item.get("label")).collect(Collectors.joining(", "));
        return NextMove.finish(text, new TaskResult.Custom("urn:example:schema:inventory-v1", Map.of("items", items)));
    }
}
