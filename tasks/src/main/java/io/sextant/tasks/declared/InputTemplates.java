package io.sextant.tasks.declared;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words and headers that a declared task takes, and where a message has none the task's own.
 *
 * @param defaultPrompt for {@code {prompt}}, or null if the user must give words
 * @param headers that templates may name
 */
record InputTemplates(@Nullable String defaultPrompt, List<HeaderInput> headers) {
    InputTemplates {
        headers = List.copyOf(headers);
    }

    /** What a template may name of a request, beside its box. */
    Set<String> placeholders() {
        Set<String> placeholders = new HashSet<>(Set.of(Template.PROMPT));
        headers.forEach(header -> placeholders.add(header.placeholder()));
        return placeholders;
    }

    /** Says in a descriptor what the request must bring. */
    TaskDescriptor.Builder describe(TaskDescriptor.Builder descriptor, boolean hasPrompt) {
        headers.forEach(header -> descriptor.header(header.name(), header.need()));
        if (!hasPrompt) {
            return descriptor;
        }
        return descriptor
                .prompt(defaultPrompt == null ? InputNeed.REQUIRED : InputNeed.OPTIONAL)
                .examplePrompt(Objects.requireNonNullElse(defaultPrompt, ""));
    }

    /** What fills a placeholder of {@link #placeholders}: the user's words, or the task's own. */
    PromptSegment segment(String placeholder, TaskRequest request) {
        if (placeholder.equals(Template.PROMPT)) {
            return defaultPrompt == null ? PromptSegment.userText(request.prompt()) : request.wordsOr(defaultPrompt);
        }
        HeaderInput header = header(placeholder);
        String value = request.headers().get(header.name());
        return value == null
                ? PromptSegment.literal(Objects.requireNonNull(header.otherwise(), "a required header"))
                : PromptSegment.userText(value);
    }

    /** The same as text, for a prompt that is a user's as a whole. */
    String text(String placeholder, TaskRequest request) {
        PromptSegment segment = segment(placeholder, request);
        return segment instanceof PromptSegment.UserText user ? user.text() : ((PromptSegment.Literal) segment).text();
    }

    private HeaderInput header(String placeholder) {
        return headers.stream()
                .filter(header -> header.placeholder().equals(placeholder))
                .findFirst()
                .orElseThrow();
    }
}
