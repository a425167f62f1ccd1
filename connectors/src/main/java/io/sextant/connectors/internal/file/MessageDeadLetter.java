package io.sextant.connectors.internal.file;

import io.sextant.connectors.DeadLetter;
import io.sextant.connectors.DeadLetterSink;
import io.sextant.connectors.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rejected messages as files: {@code <name>.message} as it came, and {@code <name>.message.reason.json} with why, its key and its headers. */
final class MessageDeadLetter implements DeadLetterSink {
    private final Folder folder;
    private final AtomicFiles files;

    MessageDeadLetter(Folder folder, AtomicFiles files) {
        this.folder = folder;
        this.files = files;
    }

    @Override
    public void open() {
        folder.create();
        files.deleteLeftovers(folder.path(), Integer.MAX_VALUE);
    }

    @Override
    public void take(DeadLetter letter) {
        String name = letter.name() + ".message";
        Map<String, Object> message = new LinkedHashMap<>();
        letter.origin().forEach(header -> message.put(header.name(), text(Objects.requireNonNull(header.value()))));
        SourceKey key = letter.key();
        if (key != null) {
            message.put("key", Base64.getEncoder().encodeToString(key.toBytes()));
        }
        List<Map<String, Object>> headers = new ArrayList<>();
        letter.headers().forEach(header -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", header.name());
            byte[] value = header.value();
            if (value != null) {
                one.put("value", Base64.getEncoder().encodeToString(value));
            }
            headers.add(one);
        });
        message.put("headers", headers);
        files.write(
                folder.creating(ResultNames.reason(name)),
                FileDeadLetter.json(name, letter.rejection(), message).getBytes(StandardCharsets.UTF_8));
        files.write(folder.creating(name), letter.body());
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
