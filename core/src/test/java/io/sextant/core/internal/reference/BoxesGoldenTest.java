package io.sextant.core.internal.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every section of {@code boxes.json}: the reference's own numbers, and our codec where both must agree. */
class BoxesGoldenTest {
    /** MANIFEST.md: IoU. */
    private static final double IOU_TOLERANCE = 1e-9;

    private static final Set<String> SECTIONS = Set.of("parse", "encode", "masks", "iou", "markdown_escape", "presets");

    private JsonObject golden;

    @BeforeEach
    void openGoldenSet() {
        golden = GoldenSet.open().json("boxes.json");
    }

    @Test
    void knowsEverySection() {
        Set<String> sections = new TreeSet<>(golden.keySet());
        sections.remove("note");
        assertThat(sections).isEqualTo(new TreeSet<>(SECTIONS));
    }

    @Test
    void parsesAsTheDemo() {
        forEachCase("parse", item -> {
            String text = item.get("text").getAsString();
            DemoAnswer answer = DemoAnswer.parse(text);
            int width = item.get("drawn_width").getAsInt();
            int height = item.get("drawn_height").getAsInt();
            assertThat(DemoAnswer.DRAWN_WIDTH).isEqualTo(width);
            assertThat(DemoAnswer.drawnHeight(
                            item.get("image_width").getAsInt(),
                            item.get("image_height").getAsInt()))
                    .isEqualTo(height);
            assertThat(DemoAnswer.entityTexts(DemoText.unescapeHtml(text))).isEqualTo(texts(item.get("substrings")));
            assertThat(mode(answer)).isEqualTo(item.get("mode"));
            assertThat(entities(answer, width, height)).isEqualTo(item.get("entities"));
            List<List<Integer>> rectangles = new ArrayList<>();
            for (DemoAnswer.Box box : answer.boxes()) {
                rectangles.add(
                        box.on(width, height).stream().map(Double::intValue).toList());
            }
            assertThat(json(rectangles)).isEqualTo(item.get("rectangles"));
            assertThat(json(answer.boxColours())).isEqualTo(item.get("rectangle_colours_rgb"));
            assertThat(answer.colouredText())
                    .isEqualTo(item.get("coloured_text").getAsString());
        });
    }

    @Test
    void keepsEveryValidBoxTheDemoFinds() {
        AtomicInteger compared = new AtomicInteger();
        forEachCase("parse", item -> {
            AnnotatedText ours =
                    AnnotatedText.parse(DemoText.unescapeHtml(item.get("text").getAsString()));
            List<BinBox> found =
                    ours.boxes().stream().map(AnnotatedText.WrittenBox::box).toList();
            for (DemoAnswer.Box box :
                    DemoAnswer.parse(item.get("text").getAsString()).boxes()) {
                boolean isWritten = item.get("text").getAsString().contains("{");
                int[] bins = {(int) box.xMin(), (int) box.yMin(), (int) box.xMax(), (int) box.yMax()};
                if (isWritten && BinBox.isValid(bins[0], bins[1], bins[2], bins[3])) {
                    assertThat(found).contains(new BinBox(bins[0], bins[1], bins[2], bins[3]));
                    compared.incrementAndGet();
                }
            }
        });
        assertThat(compared).hasPositiveValue();
    }

    @Test
    void encodesAndDecodesBoxes() {
        AtomicInteger within = new AtomicInteger();
        forEachCase("encode", item -> {
            int width = item.get("image_width").getAsInt();
            int height = item.get("image_height").getAsInt();
            double[] box = numbers(item.get("box_xywh"));
            String text = ReferenceBoxes.encode(box[0], box[1], box[2], box[3], width, height);
            assertThat(text).isEqualTo(item.get("text").getAsString());
            double[] decoded = numbers(item.get("decoded_xyxy"));
            DemoAnswer.Box written = DemoAnswer.parse(text).boxes().get(0);
            assertThat(json(written.on(width, height))).isEqualTo(item.get("decoded_xyxy"));
            BinBox ours =
                    BinBox.ofPixels(new PixelBox(box[0], box[1], box[0] + box[2], box[1] + box[3]), width, height);
            boolean isWithin = BinBox.isValid(
                    (int) written.xMin(), (int) written.yMin(), (int) written.xMax(), (int) written.yMax());
            if (isWithin) {
                assertThat(ours.toText()).isEqualTo(text);
                assertThat(ours.toPixels(width, height))
                        .isEqualTo(new PixelBox(decoded[0], decoded[1], decoded[2], decoded[3]));
                within.incrementAndGet();
            }
        });
        assertThat(within).hasPositiveValue();
    }

    @Test
    void boxesMasks() {
        forEachCase("masks", item -> {
            boolean[][] mask =
                    new boolean[item.get("height").getAsInt()][item.get("width").getAsInt()];
            for (JsonElement rectangle : item.getAsJsonArray("white_rectangles_xyxy_half_open")) {
                double[] edges = numbers(rectangle);
                for (int y = (int) edges[1]; y < edges[3]; y++) {
                    for (int x = (int) edges[0]; x < edges[2]; x++) {
                        mask[y][x] = true;
                    }
                }
            }
            assertThat(ReferenceBoxes.encodeMask(mask))
                    .isEqualTo(item.get("text").getAsString());
        });
    }

    @Test
    void computesIntersectionOverUnion() {
        forEachCase(
                "iou",
                item -> assertThat(ReferenceBoxes.intersectionOverUnion(numbers(item.get("a")), numbers(item.get("b"))))
                        .isCloseTo(item.get("iou").getAsDouble(), within(IOU_TOLERANCE)));
    }

    @Test
    void escapesMarkdown() {
        forEachCase("markdown_escape", item -> {
            String escaped = DemoText.escapeMarkdown(item.get("text").getAsString());
            assertThat(escaped).isEqualTo(item.get("escaped").getAsString());
            assertThat(DemoText.unescapeMarkdown(escaped))
                    .isEqualTo(item.get("back").getAsString());
        });
    }

    @Test
    void knowsThePresets() {
        Coverage coverage = new Coverage("boxes.json presets", List.of("presets"));
        coverage.compareExactly("presets", DemoText.PRESETS, texts(golden.get("presets")));
        coverage.assertComplete();
    }

    private void forEachCase(String section, Consumer<JsonObject> comparison) {
        JsonArray cases = golden.getAsJsonArray(section);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            names.add("case " + i);
        }
        Coverage coverage = new Coverage("boxes.json " + section, names);
        for (int i = 0; i < cases.size(); i++) {
            JsonObject item = cases.get(i).getAsJsonObject();
            try {
                comparison.accept(item);
            } catch (AssertionError e) {
                throw new AssertionError(section + " case " + i + ": " + item, e);
            }
            coverage.compared("case " + i);
        }
        coverage.assertComplete();
    }

    private static JsonElement mode(DemoAnswer answer) {
        return switch (answer.kind()) {
            case NOTHING -> JsonNull.INSTANCE;
            case SINGLE_BOX -> new JsonPrimitive("single");
            case PHRASES -> new JsonPrimitive("all");
        };
    }

    private static JsonArray entities(DemoAnswer answer, int width, int height) {
        JsonArray entities = new JsonArray();
        for (Map.Entry<String, List<DemoAnswer.Box>> entry : answer.entities().entrySet()) {
            List<List<Long>> boxes = new ArrayList<>();
            List<List<Double>> pixels = new ArrayList<>();
            for (DemoAnswer.Box box : entry.getValue()) {
                boxes.add(List.of(box.xMin(), box.yMin(), box.xMax(), box.yMax()));
                pixels.add(box.on(width, height));
            }
            JsonObject entity = new JsonObject();
            entity.addProperty("phrase", answer.kind() == DemoAnswer.Kind.SINGLE_BOX ? null : entry.getKey());
            entity.add("boxes", json(boxes));
            entity.add("pixels", json(pixels));
            entities.add(entity);
        }
        return entities;
    }

    private static JsonElement json(Object value) {
        return new Gson().toJsonTree(value);
    }

    private static List<String> texts(JsonElement array) {
        List<String> texts = new ArrayList<>();
        array.getAsJsonArray().forEach(element -> texts.add(element.getAsString()));
        return texts;
    }

    private static double[] numbers(JsonElement array) {
        double[] numbers = new double[array.getAsJsonArray().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.getAsJsonArray().get(i).getAsDouble();
        }
        return numbers;
    }
}
