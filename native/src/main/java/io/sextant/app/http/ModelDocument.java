package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.serving.SwitchState;
import io.sextant.core.ModelInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The served model and its exchange, as a caller reads them. */
final class ModelDocument {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ModelDocument() {}

    /** @param exchange the one that goes on, or the last; null where there was none */
    static String of(ServedModel served, @Nullable SwitchState exchange) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("model", model(served));
        if (exchange != null) {
            document.put("exchange", exchange(exchange));
        }
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }

    private static Map<String, Object> model(ServedModel served) {
        ModelInfo info = served.info();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("model", served.asked().name());
        model.put("name", info.name());
        model.put("fingerprint", info.fingerprint());
        model.put("device", info.device());
        model.put("precision", info.precision());
        model.put("contextLength", info.contextLength());
        model.put("since", served.since().toString());
        model.put("answers", served.isOpen());
        return model;
    }

    private static Map<String, Object> exchange(SwitchState state) {
        Map<String, Object> exchange = new LinkedHashMap<>();
        exchange.put("model", state.model());
        exchange.put("phase", word(state.phase()));
        exchange.put("how", state.isDrained() ? "drained" : "beside");
        exchange.put("since", state.since().toString());
        if (!state.step().isEmpty()) {
            exchange.put("step", state.step());
        }
        if (state.failure() != null) {
            exchange.put("failure", state.failure());
        }
        return exchange;
    }

    private static String word(SwitchState.Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
