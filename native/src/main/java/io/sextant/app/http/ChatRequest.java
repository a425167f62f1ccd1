package io.sextant.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.core.Decoding;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import io.sextant.tasks.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client of OpenAI's chat completions asks. What the model cannot do is refused by its name, never passed over.
 *
 * @param model as the client calls it
 * @param image a data URI or an address, or null where the conversation has none
 * @param rounds earlier questions and answers, oldest first
 * @param prompt the open question
 * @param headers that the task reads, of the whole conversation
 * @param maxTokens longest answer, or null for what is configured
 * @param decoding how tokens are chosen, or null for what is configured
 * @param isStreamed whether the answer is to come as events
 * @param hasUsage whether the last event tells how many tokens there were
 */
record ChatRequest(
        String model,
        @Nullable String image,
        List<Round> rounds,
        String prompt,
        Map<String, String> headers,
        @Nullable Integer maxTokens,
        @Nullable Decoding decoding,
        boolean isStreamed,
        boolean hasUsage) {
    private static final Set<String> KEYS = Set.of(
            "model",
            "messages",
            "metadata",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "seed",
            "n",
            "stream",
            "stream_options",
            "user");

    /** Which schemes are read, and from where, is for {@link Bodies} to say. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

    /** A question that has its answer. */
    record Round(String prompt, String answer) {}

    ChatRequest {
        rounds = List.copyOf(rounds);
        headers = Map.copyOf(headers);
    }

    /** @throws InvalidRequestException naming what cannot be understood, or cannot be done */
    static ChatRequest of(byte[] body) {
        JsonNode json = parse(body);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            require(
                    KEYS.contains(name),
                    "The parameter \"" + ShownText.of(name) + "\" is not supported; leave it out. There are "
                            + new TreeSet<>(KEYS) + ".");
        }
        JsonNode answers = json.path("n");
        require(
                isLeftOut(answers) || (answers.isInt() && answers.asInt() == 1),
                "n must be 1; the model gives one answer.");
        require(json.path("model").isTextual(), "model is missing; GET /v1/models lists them.");
        Messages messages = new Messages();
        require(json.path("messages").isArray(), "messages must be a list.");
        json.path("messages").forEach(messages::add);
        return new ChatRequest(
                json.path("model").asText(),
                messages.image,
                messages.rounds,
                messages.open(),
                headers(json.path("metadata")),
                maxTokens(json),
                decoding(json),
                truth("stream", json.path("stream")),
                hasUsage(json.path("stream_options")));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = StrictJson.read(body);
            require(json != null && json.isObject(), "The body must be a JSON object.");
            return json;
        } catch (IOException e) {
            throw new InvalidRequestException("The body is malformed JSON; mend it.", e);
        }
    }

    private static Map<String, String> headers(JsonNode metadata) {
        Map<String, String> headers = new HashMap<>();
        require(metadata.isObject() || isLeftOut(metadata), "metadata must be an object of texts.");
        metadata.properties().forEach(entry -> {
            require(entry.getValue().isTextual(), "metadata." + ShownText.of(entry.getKey()) + " must be text.");
            headers.put(entry.getKey(), entry.getValue().asText());
        });
        return headers;
    }

    private static @Nullable Integer maxTokens(JsonNode json) {
        JsonNode most = json.path(json.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens");
        if (isLeftOut(most)) {
            return null;
        }
        require(
                most.isInt() && most.asInt() > 0,
                "max_completion_tokens, or max_tokens, must be a whole number of at least 1.");
        return most.asInt();
    }

    /** Temperature 0 takes the most probable token; another makes a random choice. */
    private static @Nullable Decoding decoding(JsonNode json) {
        double temperature = number("temperature", json.path("temperature"));
        double topP = number("top_p", json.path("top_p"));
        JsonNode seed = json.path("seed");
        require(
                isLeftOut(seed) || (seed.isIntegralNumber() && seed.canConvertToLong()),
                "seed must be a whole number of 64 bits.");
        if (!json.hasNonNull("temperature") && !json.hasNonNull("top_p")) {
            return null;
        }
        try {
            Decoding.Sampling sampling =
                    new Decoding.Sampling(temperature == 0 ? 1 : temperature, 0, topP, seed.asLong(0));
            return temperature == 0 ? new Decoding.Greedy() : sampling;
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("temperature or top_p cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static boolean hasUsage(JsonNode options) {
        require(isLeftOut(options) || options.isObject(), "stream_options must be an object.");
        options.fieldNames()
                .forEachRemaining(name -> require(
                        name.equals("include_usage"),
                        "stream_options has no \"" + ShownText.of(name) + "\"; there is include_usage."));
        return truth("stream_options.include_usage", options.path("include_usage"));
    }

    private static boolean truth(String name, JsonNode value) {
        require(isLeftOut(value) || value.isBoolean(), name + " must be true or false.");
        return value.asBoolean(false);
    }

    /** 1 where it is left out, as in OpenAI's API. */
    private static double number(String name, JsonNode value) {
        require(isLeftOut(value) || value.isNumber(), name + " must be a number.");
        return value.asDouble(1);
    }

    private static boolean isLeftOut(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidRequestException(message);
        }
    }

    /** Reads messages in turn. */
    private static final class Messages {
        private final List<Round> rounds = new ArrayList<>();
        private @Nullable String image;
        private @Nullable String question;

        void add(JsonNode message) {
            String role = message.path("role").asText();
            String earlier = question;
            switch (role) {
                case "user" -> {
                    require(earlier == null, "messages has two of the user one after the other; put them into one.");
                    question = text(message.path("content"));
                }
                case "assistant" -> {
                    require(earlier != null, "messages has an answer without a question before it.");
                    rounds.add(new Round(String.valueOf(earlier), text(message.path("content"))));
                    question = null;
                }
                default ->
                    throw new InvalidRequestException("The role \"" + ShownText.of(role)
                            + "\" is not supported; messages are of \"user\" and \"assistant\".");
            }
        }

        String open() {
            String last = question;
            if (last == null) {
                throw new InvalidRequestException("messages must end with a question of the user.");
            }
            return last;
        }

        private String text(JsonNode content) {
            if (content.isTextual()) {
                return content.asText();
            }
            require(content.isArray(), "The content of a message must be text, or a list of parts.");
            StringBuilder text = new StringBuilder();
            for (JsonNode part : content) {
                String type = part.path("type").asText();
                switch (type) {
                    case "text" -> {
                        require(part.path("text").isTextual(), "A part of type \"text\" must have text.");
                        text.append(text.isEmpty() ? "" : "\n")
                                .append(part.path("text").asText());
                    }
                    case "image_url" -> show(part.at("/image_url/url").asText());
                    default ->
                        throw new InvalidRequestException("Parts of type \"" + ShownText.of(type)
                                + "\" are not supported; there are \"text\" and \"image_url\".");
                }
            }
            return text.toString();
        }

        private void show(String url) {
            require(ADDRESS.matcher(url).lookingAt(), "image_url.url must be a data URI or an address.");
            require(image == null, "A conversation is about one image; messages has two.");
            require(rounds.isEmpty(), "The image must come with the first message.");
            image = url;
        }
    }
}
