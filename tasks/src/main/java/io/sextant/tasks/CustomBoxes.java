package io.sextant.tasks;

import io.sextant.core.box.PixelBox;
import io.sextant.core.image.LabelledBox;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of a plugin's own result: every object in it with the numbers {@code xMin}, {@code yMin}, {@code xMax} and {@code
 * yMax}, in pixels, except below a key {@code bins}. Its label is the nearest {@code label} or {@code text} around it.
 */
final class CustomBoxes {
    private static final List<String> LABELS = List.of("label", "text");
    private static final String BINS = "bins";

    private final List<LabelledBox> boxes = new ArrayList<>();

    private CustomBoxes() {}

    /** @param question the label of boxes that bring none */
    static List<LabelledBox> of(TaskResult.Custom result, String question) {
        CustomBoxes found = new CustomBoxes();
        found.collect(result.object(), question);
        return List.copyOf(found.boxes);
    }

    private void collect(@Nullable Object value, String label) {
        if (value instanceof List<?> list) {
            list.forEach(member -> collect(member, label));
        }
        if (value instanceof Map<?, ?> map) {
            String own = label(map, label);
            PixelBox box = box(map);
            if (box != null) {
                boxes.add(new LabelledBox(own, box));
            }
            Map<String, @Nullable Object> ordered = new TreeMap<>();
            map.forEach((key, member) -> ordered.put(String.valueOf(key), member));
            ordered.remove(BINS);
            ordered.values().forEach(member -> collect(member, own));
        }
    }

    private static String label(Map<?, ?> map, String usual) {
        for (String key : LABELS) {
            if (map.get(key) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return usual;
    }

    /** The box a map is, or null if it is none; whatever a plugin wrote, a drawing does not fail for it. */
    private static @Nullable PixelBox box(Map<?, ?> map) {
        if (map.get("xMin") instanceof Number xMin
                && map.get("yMin") instanceof Number yMin
                && map.get("xMax") instanceof Number xMax
                && map.get("yMax") instanceof Number yMax) {
            try {
                return new PixelBox(xMin.doubleValue(), yMin.doubleValue(), xMax.doubleValue(), yMax.doubleValue());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }
}
