package com.example.colour;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks {@code [vqa] … what color is …?} for a short answer, and looks that up in the palette. */
final class ColourTask implements VisionTask {
    private static final String QUESTION =
            "Based on the image, respond to this question with a short answer: what color is ";

    private static final String SCHEMA = "urn:example:schema:colour-v1";
    private static final ResultSchema RESULT = ResultSchema.custom(SCHEMA, """
            {"type": "object", "required": ["colour", "rgb", "confidence"], "properties": {
              "colour": {"type": "string"}, "rgb": {"type": "string"}, "confidence": {"type": "number"}}}
            """).or(ResultSchema.malformed());

    private final ColourSettings settings;

    ColourTask(ColourSettings settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return TaskDescriptor.builder("colour")
                .fullName("colour naming")
                .summary("Names the colour of a thing and gives its RGB value.")
                .prompt(InputNeed.REQUIRED)
                .examplePrompt("the apple")
                .result(RESULT)
                .build();
    }

    @Override
    public List<PromptSegment> prompt(TaskRequest request) {
        return List.of(
                PromptSegment.taskIdentifier("vqa"),
                PromptSegment.literal(QUESTION),
                PromptSegment.userText(request.prompt()), // can never become a control word
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
                SCHEMA,
                Map.of("colour", colour, "rgb", rgb, "confidence", rounded(answer.confidence(0, answer.text().length()))));
    }

    private static double rounded(double confidence) {
        return Math.round(1000 * confidence) / 1000.0;
    }
}
