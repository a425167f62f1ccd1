package io.sextant.connectors.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.connectors.message.Question;
import io.sextant.core.box.PixelBox;
import io.sextant.core.message.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks, in its body or in its headers. The body goes before the headers: where it says anything about the
 * question, headers only fill in what it leaves open.
 */
final class QuestionReader {
    private final IncomingMessage message;
    private final JsonRequest json;
    private final QuestionJson questions;

    QuestionReader(IncomingMessage message, JsonRequest json) {
        this.message = message;
        this.json = json;
        this.questions = new QuestionJson(json);
    }

    /** @param envelope the request in the body, or null if the body is none */
    Question read(@Nullable JsonNode envelope) {
        JsonNode steps = envelope == null ? null : present(envelope.get("steps"));
        JsonNode turns = envelope == null ? null : present(envelope.get("turns"));
        String prompt = envelope == null ? null : json.text(envelope, "prompt", "the request");
        PixelBox box = envelope == null ? null : questions.box(envelope.get("box"), "box");
        if (steps != null || turns != null) {
            return asked(steps, turns, prompt, box);
        }
        String headerPrompt = message.header(MessageHeaders.PROMPT);
        String headerBox = message.header(MessageHeaders.BOX);
        if (prompt != null || box != null) {
            return words(prompt == null ? headerPrompt : prompt, box == null ? box(headerBox) : box);
        }
        steps = list(MessageHeaders.STEPS);
        turns = list(MessageHeaders.TURNS);
        return steps == null && turns == null
                ? words(headerPrompt, box(headerBox))
                : asked(steps, turns, headerPrompt, box(headerBox));
    }

    private static Question words(@Nullable String prompt, @Nullable PixelBox box) {
        return new Question(List.of(), false, prompt, box);
    }

    private Question asked(
            @Nullable JsonNode steps, @Nullable JsonNode turns, @Nullable String prompt, @Nullable PixelBox box) {
        if (steps != null && turns != null) {
            throw json.refused("it has both steps and turns, which is a contradiction");
        }
        if (prompt != null || box != null) {
            throw json.refused("it has steps or turns, so prompt and box belong into them");
        }
        return turns == null
                ? new Question(questions.steps(steps, "steps"), false, null, null)
                : new Question(questions.steps(turns, "turns"), true, null, null);
    }

    private @Nullable PixelBox box(@Nullable String header) {
        return header == null ? null : questions.box(header, "header " + MessageHeaders.BOX);
    }

    private @Nullable JsonNode list(String header) {
        String text = message.header(header);
        return text == null ? null : json.parse(text.getBytes(StandardCharsets.UTF_8), "header " + header);
    }

    private static @Nullable JsonNode present(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }
}
