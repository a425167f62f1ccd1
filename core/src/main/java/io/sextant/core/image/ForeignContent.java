package io.sextant.core.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Guesses what bytes are that no codec takes, so that the error can say more than "no image". */
final class ForeignContent {
    private static final int LOOKED_AT = 512;

    /** How contents begin, in ISO-8859-1, and what they are. */
    private static final Map<String, String> BEGINNINGS = beginnings();

    private ForeignContent() {}

    /** The end of a sentence that begins with the image's name. */
    static String describe(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(LOOKED_AT, bytes.length), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> entry : BEGINNINGS.entrySet()) {
            if (head.startsWith(entry.getKey())) {
                return looksLike(entry.getValue());
            }
        }
        if (head.startsWith("ftyp", 4)) {
            return looksLike(isoMedia(head));
        }
        String text = head.strip().toLowerCase(Locale.ROOT);
        if (text.contains("<svg")) {
            return looksLike("an SVG drawing");
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return looksLike("a web page (perhaps an error page instead of the image)");
        }
        if (text.startsWith("<") || text.startsWith("{") || text.startsWith("[")) {
            return looksLike("an XML or JSON text");
        }
        if (head.chars().allMatch(c -> c == 0)) {
            return "begins with nothing but zero bytes, as an interrupted transfer leaves them";
        }
        boolean isText = head.chars().allMatch(c -> (c >= ' ' && c != 127) || c == '\n' || c == '\r' || c == '\t');
        return isText ? looksLike("a text") : "is not an image in a known format";
    }

    private static String looksLike(String what) {
        return "looks like " + what + ", which cannot be read";
    }

    /** By its brands: the one it is written as, and those it is compatible with. */
    private static String isoMedia(String head) {
        int length = head.charAt(2) << 8 | head.charAt(3);
        String brands = head.substring(8, Math.max(8, Math.min(head.length(), Math.max(length, 12))));
        if (brands.contains("avif") || brands.contains("avis")) {
            return "an AVIF image";
        }
        boolean isHeic = Stream.of("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1")
                .anyMatch(brands::contains);
        return isHeic ? "a HEIC image" : "an MP4 or QuickTime film";
    }

    private static Map<String, String> beginnings() {
        Map<String, String> beginnings = new LinkedHashMap<>();
        beginnings.put("II+\0", "a BigTIFF image");
        beginnings.put("MM\0+", "a BigTIFF image");
        beginnings.put("%PDF", "a PDF document");
        beginnings.put("8BPS", "a Photoshop document");
        beginnings.put("\0\0\1\0", "a Windows icon");
        beginnings.put("\0\0\0\fJXL ", "a JPEG XL image");
        beginnings.put("\u00ff\n", "a JPEG XL image");
        beginnings.put("\0\0\0\fjP  ", "a JPEG 2000 image");
        beginnings.put("PK\3\4", "a ZIP archive");
        beginnings.put("\u001f\u008b", "a gzip archive");
        beginnings.put("version https://git-lfs", "a Git LFS pointer instead of the image");
        return beginnings;
    }
}
