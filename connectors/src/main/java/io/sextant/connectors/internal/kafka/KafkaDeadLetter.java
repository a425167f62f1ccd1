package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.SourceKey;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.message.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A topic of rejected messages: each as it came, with its headers, and the reason in headers that begin with {@code
 * SextantDeadLetter}. A message over a size limit, or larger than the topic takes, leaves its body behind and says where it
 * lies and what its digest is, so that a dead letter can always be delivered.
 */
final class KafkaDeadLetter implements DeadLetterSink {
    static final String PREFIX = MessageHeaders.DEAD_LETTER_PREFIX;

    /** Brokers take 1 MiB where nobody has set another limit; this leaves room for what is said about the message. */
    private static final Limits USUAL = new Limits(768 * 1024, 16 * 1024, 64 * 1024, 4096);

    /**
     * What is tried after it, one after the other, where the topic takes less: only the answer to a message tells how much. The last takes
     * less than 4 KiB.
     */
    private static final List<Limits> NARROWER = List.of(
            new Limits(0, USUAL.key(), USUAL.headers(), USUAL.text()),
            new Limits(0, 1024, 0, USUAL.text()),
            new Limits(0, 0, 0, 200));

    private final KafkaProducing producing;

    KafkaDeadLetter(KafkaProducing producing) {
        this.producing = producing;
    }

    @Override
    public void open() {
        producing.open();
    }

    @Override
    public void take(DeadLetter letter) {
        Limits limits = USUAL;
        for (Limits narrower : NARROWER) {
            try {
                send(letter, limits);
                return;
            } catch (InvalidRequestException e) {
                limits = narrower;
            }
        }
        send(letter, limits);
    }

    /** @throws InvalidRequestException if the topic does not take as much */
    private void send(DeadLetter letter, Limits limits) {
        SourceKey sourceKey = letter.key();
        byte[] key = sourceKey == null ? null : sourceKey.toBytes();
        List<Header> headers = new ArrayList<>();
        int headerBytes = addOriginal(letter, limits, headers);
        boolean isKeyKept = key == null || key.length <= limits.key();
        letter.origin().forEach(header -> headers.add(new Header(PREFIX + capitalised(header.name()), header.value())));
        addReason(letter.rejection(), limits, headers);
        byte[] body = letter.body();
        byte[] content = body == null ? new byte[0] : body;
        add(headers, limits, "BodyDigest", DigestUtils.sha256Hex(content));
        add(headers, limits, "BodyBytes", Integer.toString(content.length));
        boolean isKept = content.length == 0 || content.length + headerBytes <= limits.bodyAndHeaders();
        add(headers, limits, "BodyKept", Boolean.toString(isKept));
        add(headers, limits, "KeyKept", Boolean.toString(isKeyKept));
        producing.send(isKeyKept ? key : null, isKept ? body : new byte[0], headers);
    }

    @Override
    public void close() {
        producing.close();
    }

    /**
     * Headers of an earlier dead letter are left out, they would be told twice. All that do not fit, or cannot stand in a
     * message as they came (twice, or without a value, or such as steer Camel), are told by number.
     */
    private static int addOriginal(DeadLetter letter, Limits limits, List<Header> headers) {
        int bytes = 0;
        int lost = 0;
        Set<String> names = new HashSet<>();
        for (Header header : letter.headers()) {
            byte[] value = header.value();
            int size = header.name().length() + (value == null ? 0 : value.length);
            if (header.name().startsWith(PREFIX)) {
                continue;
            }
            if (value != null
                    && bytes + size <= limits.headers()
                    && !KafkaProducing.isSteering(header.name())
                    && names.add(header.name().toLowerCase(Locale.ROOT))) {
                headers.add(header);
                bytes += size;
            } else {
                lost++;
            }
        }
        add(headers, limits, "HeadersLost", Integer.toString(lost));
        return bytes;
    }

    private static void addReason(Rejection rejection, Limits limits, List<Header> headers) {
        add(headers, limits, "Pipeline", rejection.pipeline());
        add(headers, limits, "Category", rejection.category().name());
        add(headers, limits, "Message", rejection.message());
        add(headers, limits, "WhatToDo", rejection.whatToDo());
        String stackHash = rejection.stackHash();
        if (stackHash != null) {
            add(headers, limits, "StackHash", stackHash);
        }
        add(headers, limits, "Attempts", Integer.toString(rejection.attempts()));
        add(headers, limits, "Time", rejection.time().toString());
        add(
                headers,
                limits,
                "FailedSteps",
                String.join(
                        ",",
                        rejection.failedSteps().stream()
                                .map(Rejection.FailedStep::step)
                                .toList()));
        add(headers, limits, "PublishedSteps", String.join(",", rejection.publishedSteps()));
    }

    private static void add(List<Header> headers, Limits limits, String name, String value) {
        String bounded = value.length() <= limits.text() ? value : value.substring(0, limits.text());
        headers.add(new Header(PREFIX + name, bounded.getBytes(StandardCharsets.UTF_8)));
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /**
     * How much of a message is kept, in bytes.
     *
     * @param bodyAndHeaders a body that is larger, together with the headers that are kept, is left out
     * @param key one that is longer is left out
     * @param headers names and values together
     * @param text characters of each text that says something about the message
     */
    private record Limits(int bodyAndHeaders, int key, int headers, int text) {}
}
