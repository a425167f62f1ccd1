package com.example.colour;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks {@code [vqa] what color is …?} and looks the answer up in the palette. */
final class ColourTask implements VisionTask {
    private final ColourSettings settings;

    ColourTask(ColourSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return new TaskDescriptor(
                "colour",
                "colour naming",
                "Names the colour of a thing and gives its RGB value.",
                InputNeed.REQUIRED,
                InputNeed.UNUSED,
                InputNeed.REQUIRED,
                "the apple");
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(
                PromptSegment.taskIdentifier("vqa"),
                PromptSegment.literal("what color is "),
                PromptSegment.userText(request.prompt()),
                PromptSegment.literal("?"));
    }

    @Override
    public TaskResult parse(TaskAnswer answer, TaskRequest request) {
        String colour = answer.text().toLowerCase(Locale.ROOT).replace("gray", "grey").replaceAll("[^a-z]", "");
        String rgb = settings.palette().get(colour);
        if (rgb == null) {
            return new TaskResult.Malformed(answer.text());
        }
        return new TaskResult.Custom(
                "urn:example:schema:colour-v1",
                Map.of("colour", colour, "rgb", rgb, "confidence", answer.confidence(0, answer.text().length())));
    }
}
