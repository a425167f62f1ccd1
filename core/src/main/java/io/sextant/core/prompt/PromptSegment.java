package io.sextant.core.prompt;

import io.sextant.core.box.BinBox;
import java.util.Objects;

/** One typed piece of a question to the model. Segments are written one after another with nothing between them. */
public sealed interface PromptSegment {

    /** A task identifier such as {@code [vqa]}; written in square brackets, followed by one space. */
    static PromptSegment taskIdentifier(String name) {
        return new TaskIdentifier(name);
    }

    /** Words of the task itself, written as they are. Never pass a user's words here. */
    static PromptSegment literal(String text) {
        return new Literal(text);
    }

    /** Words of the user. Control words inside them are made harmless before they reach the model. */
    static PromptSegment userText(String text) {
        return new UserText(text);
    }

    /** A box, written <code>{&lt;xMin&gt;&lt;yMin&gt;&lt;xMax&gt;&lt;yMax&gt;}</code>. */
    static PromptSegment box(BinBox box) {
        return new Box(box);
    }

    /** The place of an image; a request whose turns hold no such segment gets its images first, as in training. */
    static PromptSegment image() {
        return new Image();
    }

    /** @param text written as it is */
    record Literal(String text) implements PromptSegment {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** @param name without brackets: letters, digits, '-' and '_' */
    record TaskIdentifier(String name) implements PromptSegment {
        public TaskIdentifier {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException(
                        "A task identifier is 1 to 64 letters, digits, '-' or '_', was \"" + name + "\"");
            }
        }
    }

    /** @param text what the user wrote */
    record UserText(String text) implements PromptSegment {
        public UserText {
            Objects.requireNonNull(text, "text");
        }
    }

    /** @param box in bins of the image the question is about */
    record Box(BinBox box) implements PromptSegment {
        public Box {
            Objects.requireNonNull(box, "box");
        }
    }

    /** The place of the request's next image. */
    record Image() implements PromptSegment {}
}
