package io.sextant.tasks.spi;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a task needs and what it is for. Made with a {@link #builder}, so that further fields break nobody; the canonical constructor may
 * change.
 *
 * @param name the task's name, equal to its factory's
 * @param fullName the field's term, for instance "referring expression comprehension"
 * @param summary one sentence for lists and help
 * @param promptNeed whether the request must bring words
 * @param boxNeed whether the request must bring a box
 * @param imageNeed whether the request must bring an image
 * @param examplePrompt words that show the task off, empty where it takes none
 * @param budget what a {@link CompositeTask} may take for one request; no matter to other tasks
 * @param headers which headers of a message the task reads, by name, and whether it must have them; a request brings no others
 * @param result what the task's results look like
 * @since 0.1
 */
public record TaskDescriptor(
        String name,
        String fullName,
        String summary,
        InputNeed promptNeed,
        InputNeed boxNeed,
        InputNeed imageNeed,
        String examplePrompt,
        StepBudget budget,
        Map<String, InputNeed> headers,
        ResultSchema result) {
    public TaskDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(promptNeed, "promptNeed");
        Objects.requireNonNull(boxNeed, "boxNeed");
        Objects.requireNonNull(imageNeed, "imageNeed");
        Objects.requireNonNull(examplePrompt, "examplePrompt");
        Objects.requireNonNull(budget, "budget");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(result, "result");
    }

    /**
     * A descriptor in the making.
     *
     * @param name the task's name, equal to its factory's
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Collects what a task needs. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String fullName;
        private String summary = "";
        private InputNeed promptNeed = InputNeed.UNUSED;
        private InputNeed boxNeed = InputNeed.UNUSED;
        private InputNeed imageNeed = InputNeed.REQUIRED;
        private String examplePrompt = "";
        private StepBudget budget = StepBudget.DEFAULT;
        private final Map<String, InputNeed> headers = new TreeMap<>();
        private ResultSchema result = ResultSchema.any();

        private Builder(String name) {
            this.name = name;
            this.fullName = name;
        }

        /** The field's term; the name unless said. */
        public Builder fullName(String value) {
            fullName = value;
            return this;
        }

        /** One sentence for lists and help; empty unless said. */
        public Builder summary(String value) {
            summary = value;
            return this;
        }

        /** Whether the request must bring words; {@link InputNeed#UNUSED} unless said. */
        public Builder prompt(InputNeed value) {
            promptNeed = value;
            return this;
        }

        /** Whether the request must bring a box; {@link InputNeed#UNUSED} unless said. */
        public Builder box(InputNeed value) {
            boxNeed = value;
            return this;
        }

        /** Whether the request must bring an image; {@link InputNeed#REQUIRED} unless said. */
        public Builder image(InputNeed value) {
            imageNeed = value;
            return this;
        }

        /** Words that show the task off; empty unless said. */
        public Builder examplePrompt(String value) {
            examplePrompt = value;
            return this;
        }

        /** What a task in several steps may take for one request; {@link StepBudget#DEFAULT} unless said. */
        public Builder budget(StepBudget value) {
            budget = value;
            return this;
        }

        /**
         * A header of a message that the task reads, and whether it must be there; none unless said. Its value is a user's words.
         *
         * @param header as messages write it; upper and lower case differ
         */
        public Builder header(String header, InputNeed value) {
            headers.put(header, value);
            return this;
        }

        /** What the task's results look like; {@link ResultSchema#any} unless said. */
        public Builder result(ResultSchema value) {
            result = value;
            return this;
        }

        /** The descriptor. */
        public TaskDescriptor build() {
            return new TaskDescriptor(
                    name, fullName, summary, promptNeed, boxNeed, imageNeed, examplePrompt, budget, headers, result);
        }
    }
}
