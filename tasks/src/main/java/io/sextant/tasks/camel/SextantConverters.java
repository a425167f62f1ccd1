package io.sextant.tasks.camel;

import io.sextant.core.box.PixelBox;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import java.util.Map;
import org.apache.camel.Converter;

/** Conversions for Camel: an outcome is its result document wherever text, bytes or a map are wanted. */
@Converter(generateLoader = true)
public final class SextantConverters {
    private SextantConverters() {}

    /** The result document. */
    @Converter
    public static String toText(TaskOutcome outcome) {
        return ResultJson.COMPACT.toText(outcome);
    }

    /** The result document in UTF-8. */
    @Converter
    public static byte[] toBytes(TaskOutcome outcome) {
        return ResultJson.COMPACT.toBytes(outcome);
    }

    /** The result document as maps, lists, texts and numbers. */
    @Converter
    public static Map<String, Object> toMap(TaskOutcome outcome) {
        return ResultJson.COMPACT.toMap(outcome);
    }

    /** A box as people write it. */
    @Converter
    public static PixelBox toBox(String text) {
        return PixelBox.parse(text);
    }
}
