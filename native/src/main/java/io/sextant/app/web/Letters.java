package io.sextant.app.web;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.image.ImageFormat;
import io.sextant.routes.Replays;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.SextantSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The dead letters of pipelines that read messages. Those of folders and buckets are files, which lie where they lie. */
@Singleton
final class Letters {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int MOST_SHOWN = 100;
    private static final int LARGEST_SHOWN_BYTES = 512 << 10;
    private static final Set<ImageFormat> SHOWN =
            Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP);

    private final SextantSettings settings;
    private final Replays replays;

    @Inject
    Letters(Toolkit toolkit, CamelContext context) {
        settings = toolkit.settings();
        replays = new Replays(settings, Connectors.standard(settings.connectors()), context);
    }

    /**
     * As a page shows them.
     *
     * @param sent how many were just sent back, or null on a page that nothing was asked of; passed over where it is no number
     */
    Map<String, Object> shown(String pipeline, @Nullable String sent) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (sent != null && NUMBER.matcher(sent).matches()) {
            shown.put("sent", sent + " sent back.");
        }
        shown.put("pipeline", pipeline);
        shown.put("place", place(pipeline));
        shown.put("isReplayable", replays.pipelines().contains(pipeline));
        List<Map<String, Object>> letters = new ArrayList<>();
        int all = replays.pipelines().contains(pipeline) ? list(pipeline, letters) : 0;
        shown.put("letters", letters);
        shown.put("all", all);
        return shown;
    }

    /** Sends all back that are whole, and tells how many. */
    int replay(String pipeline) {
        return run(pipeline, false, Set.of(), new Listed(new ArrayList<>())).replayed();
    }

    /** Sends those back that lie at these positions, and are whole, and tells how many. */
    int replay(String pipeline, Set<String> positions) {
        return positions.isEmpty()
                ? 0
                : run(pipeline, false, positions, new Listed(new ArrayList<>())).replayed();
    }

    private int list(String pipeline, List<Map<String, Object>> letters) {
        DeadLetterReplay.Report report = run(pipeline, true, Set.of(), new Listed(letters));
        return report.replayed() + report.refused();
    }

    private DeadLetterReplay.Report run(
            String pipeline, boolean isRehearsal, Set<String> positions, DeadLetterReplay.Listener listener) {
        return replays.run(
                new DeadLetterReplay.Choice(List.of(pipeline), Set.of(), null, isRehearsal, positions),
                null,
                place -> {},
                listener);
    }

    private String place(String pipeline) {
        for (PipelineSettings each : settings.pipelines()) {
            String place = each.deadLetter();
            if (place != null && each.name().equals(pipeline)) {
                return UriOptions.without(place);
            }
        }
        return "the usual place of its source";
    }

    /** Keeps what a page shows of the first letters. */
    private record Listed(List<Map<String, Object>> letters) implements DeadLetterReplay.Listener {
        @Override
        public void replayed(StoredLetter letter, String topic) {
            add(letter, "");
        }

        @Override
        public void refused(StoredLetter letter, String reason) {
            add(letter, reason);
        }

        private void add(StoredLetter letter, String obstacle) {
            if (letters.size() == MOST_SHOWN) {
                return;
            }
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("position", letter.position());
            shown.put(
                    "category",
                    letter.reason().category().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            shown.put("message", letter.reason().message());
            shown.put("obstacle", obstacle);
            shown.put("image", image(letter.body()));
            letters.add(shown);
        }

        /** A data URI; empty where the message is no image that a browser shows, or too large a one. */
        private static String image(byte @Nullable [] body) {
            if (body == null || body.length > LARGEST_SHOWN_BYTES) {
                return "";
            }
            return ImageFormat.of(body)
                    .filter(SHOWN::contains)
                    .map(format -> "data:image/" + format.name().toLowerCase(Locale.ROOT) + ";base64,"
                            + Base64.getEncoder().encodeToString(body))
                    .orElse("");
        }
    }
}
