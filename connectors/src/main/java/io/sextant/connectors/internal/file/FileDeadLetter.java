package io.sextant.connectors.internal.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sextant.connectors.Rejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The folder of rejected pictures: each with a file beside it, {@code <name>.reason.json}, that says why. */
final class FileDeadLetter {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Folder folder;
    private final AtomicFiles files;
    private final FileParking parking;

    FileDeadLetter(Folder folder, AtomicFiles files, FileParking parking) {
        this.folder = folder;
        this.files = files;
        this.parking = parking;
    }

    void open() {
        folder.create();
        files.deleteLeftovers(folder.path(), Integer.MAX_VALUE);
    }

    /** Writes the reason, then moves the picture: a crash between the two repeats both, and loses neither. */
    void take(Path original, String name, Rejection rejection) {
        parking.park(original, folder, name, target -> {
            Path reason = target.resolveSibling(ResultNames.reason(
                    Objects.requireNonNull(target.getFileName()).toString()));
            files.write(reason, json(name, rejection, Map.of()).getBytes(StandardCharsets.UTF_8));
        });
    }

    /** @param message what else is known of the message that was rejected, if it was one */
    static String json(String name, Rejection rejection, Map<String, Object> message) {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("image", name);
        reason.put("pipeline", rejection.pipeline());
        reason.put("category", rejection.category().name());
        reason.put("message", rejection.message());
        reason.put("whatToDo", rejection.whatToDo());
        putIfPresent(reason, "stackHash", rejection.stackHash());
        reason.put("attempts", rejection.attempts());
        reason.put("time", rejection.time().toString());
        List<Map<String, Object>> failed = new ArrayList<>();
        for (Rejection.FailedStep step : rejection.failedSteps()) {
            failed.add(json(step));
        }
        reason.put("failedSteps", failed);
        reason.put("publishedSteps", rejection.publishedSteps());
        if (!message.isEmpty()) {
            reason.put("origin", message);
        }
        try {
            return MAPPER.writeValueAsString(reason) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Text, numbers and lists are always JSON", e);
        }
    }

    private static Map<String, Object> json(Rejection.FailedStep step) {
        Map<String, Object> failed = new LinkedHashMap<>();
        failed.put("step", step.step());
        failed.put("task", step.task());
        failed.put("category", step.category().name());
        failed.put("message", step.message());
        putIfPresent(failed, "stackHash", step.stackHash());
        return failed;
    }

    private static void putIfPresent(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
