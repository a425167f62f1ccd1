package io.sextant.app.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** What strangers send for images, by what is wrong with it: every format cut short and with a damaged head, sizes that lie, other files. */
final class BadImages {
    private static final String[] FORMATS = {"jpg", "png", "gif", "bmp", "tif"};

    private BadImages() {}

    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> images = new LinkedHashMap<>();
        for (String format : FORMATS) {
            damaged(format, encoded(format), images);
        }
        lyingSizes(images);
        otherFiles(images);
        return images;
    }

    private static void damaged(String format, byte[] whole, Map<String, byte[]> images) {
        images.put(format + ", its first byte", Arrays.copyOf(whole, 1));
        images.put(format + ", its first bytes", Arrays.copyOf(whole, 12));
        images.put(format + ", a tenth", Arrays.copyOf(whole, whole.length / 10));
        images.put(format + ", a half", Arrays.copyOf(whole, whole.length / 2));
        images.put(format + ", zeros behind its head", zeroed(whole, 24));
        images.put(format + ", its head in ones", ones(whole, 8, 40));
        images.put(format + ", ones in the middle", ones(whole, whole.length / 2, whole.length / 2 + 200));
        images.put(format + ", a third left out", without(whole, whole.length / 3));
        images.put(format + ", backwards", backwards(whole));
        images.put(format + ", behind zeros", behind(new byte[64], whole));
    }

    private static void lyingSizes(Map<String, byte[]> images) throws IOException {
        images.put("png of no width", png(0, 10, new byte[0]));
        images.put("png of no height", png(10, 0, new byte[0]));
        images.put("png of 60000 x 60000", png(60_000, 60_000, new byte[100]));
        images.put("png of the largest size", png(Integer.MAX_VALUE, Integer.MAX_VALUE, new byte[100]));
        images.put("png of negative size", png(-5, -5, new byte[100]));
        images.put("png that unpacks to 50 MB", png(16, 16, new byte[50 << 20]));
        images.put("png with half its rows", png(400, 400, new byte[200 * 401]));
        byte[] gif = encoded("gif");
        images.put("gif of 65535 x 65535", ones(gif, 6, 10));
        byte[] bmp = encoded("bmp");
        images.put("bmp of the largest size", at(bmp, 18, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F));
        images.put("bmp of negative width", at(bmp, 18, 0, 0, 0, 0x80));
        images.put("bmp with pixels behind its end", at(bmp, 10, 0xFF, 0xFF, 0xFF, 0x7F));
        images.put("bmp of 255 bits", at(bmp, 28, 0xFF, 0));
        images.put("tif whose directory is itself", at(encoded("tif"), 4, 0, 0, 0, 4));
        images.put("tif whose directory lies outside", at(encoded("tif"), 4, 0x7F, 0xFF, 0xFF, 0xFF));
    }

    private static void otherFiles(Map<String, byte[]> images) {
        images.put("nothing", new byte[0]);
        images.put("a zero", new byte[1]);
        images.put("zeros", new byte[10_000]);
        images.put("a text", bytes("This is no image."));
        images.put("a page", bytes("<!DOCTYPE html><html><script>alert(1)</script></html>"));
        images.put(
                "a drawing with a file in it",
                bytes("<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>"));
        images.put("a PDF", bytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"));
        images.put("PostScript", bytes("%!PS-Adobe-3.0\n(x) run\n"));
        images.put("an archive", bytes("PK\3\4\24\0\0\0\10\0"));
        images.put("a program", bytes("\177ELF\2\1\1\0\0\0\0\0"));
        images.put("a script of ImageMagick's", bytes("push graphic-context\nfill 'url(https://127.0.0.1/\"|id\")'\n"));
        images.put("an image of HEIF", behind(new byte[] {0, 0, 0, 24}, bytes("ftypheic\0\0\0\0mif1heic")));
        images.put("a WebP without an image", bytes("RIFF\4\0\0\0WEBP"));
        images.put("a WebP that is longer than it is", bytes("RIFF\377\377\377\177WEBPVP8 \377\377\377\177"));
        images.put("an icon", new byte[] {0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0});
        images.put("Base64 of nothing", bytes("===="));
        images.put("a URI of nothing", bytes("data:image/png;base64,"));
        images.put("a path", bytes("file:/etc/passwd"));
    }

    private static byte[] encoded(String format) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 30; i++) {
            image.setRGB(i % 40, i / 40, 0x10305 * i);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IllegalStateException("There is no writer for " + format);
        }
        return out.toByteArray();
    }

    /** A PNG whose head, checksums and stream are right. */
    private static byte[] png(int width, int height, byte[] pixels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(out, "IHDR", head.put(new byte[] {8, 0, 0, 0, 0}).array());
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(pixels);
        deflater.finish();
        byte[] packed = new byte[pixels.length / 500 + 1000];
        chunk(out, "IDAT", Arrays.copyOf(packed, deflater.deflate(packed)));
        deflater.end();
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        byte[] named = behind(bytes(type), content);
        CRC32 sum = new CRC32();
        sum.update(named);
        out.write(ByteBuffer.allocate(4).putInt(content.length).array());
        out.write(named);
        out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static byte[] zeroed(byte[] whole, int from) {
        byte[] bytes = whole.clone();
        Arrays.fill(bytes, Math.min(from, bytes.length), bytes.length, (byte) 0);
        return bytes;
    }

    private static byte[] ones(byte[] whole, int from, int to) {
        byte[] bytes = whole.clone();
        Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0xFF);
        return bytes;
    }

    private static byte[] at(byte[] whole, int from, int... values) {
        byte[] bytes = whole.clone();
        for (int i = 0; i < values.length; i++) {
            bytes[from + i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] without(byte[] whole, int length) {
        byte[] bytes = Arrays.copyOf(whole, whole.length - length);
        System.arraycopy(whole, 2 * length, bytes, length, whole.length - 2 * length);
        return bytes;
    }

    private static byte[] backwards(byte[] whole) {
        byte[] bytes = new byte[whole.length];
        for (int i = 0; i < whole.length; i++) {
            bytes[i] = whole[whole.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] behind(byte[] first, byte[] second) {
        byte[] bytes = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, bytes, first.length, second.length);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
