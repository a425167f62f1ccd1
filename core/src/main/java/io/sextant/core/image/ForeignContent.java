package io.sextant.core.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return looksLike("a WebP image");
        }
        if (head.startsWith("ftyp", 4)) {
            return looksLike(isoMedia(head.length() >= 12 ? head.substring(8, 12) : ""));
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

    private static String isoMedia(String brand) {
        return switch (brand) {
            case "heic", "heix", "hevc", "mif1", "msf1" -> "a HEIC image";
            case "avif", "avis" -> "an AVIF image";
            default -> "an MP4 or QuickTime film";
        };
    }

    private static Map<String, String> beginnings() {
        Map<String, String> beginnings = new LinkedHashMap<>();
        beginnings.put("II*\0", "a TIFF image");
        beginnings.put("MM\0*", "a TIFF image");
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
