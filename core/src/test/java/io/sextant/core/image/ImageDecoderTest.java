package io.sextant.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.InvalidImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
    private final ImageDecoder reference = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);

    @ParameterizedTest
    @MethodSource("io.sextant.core.image.SampleImages#names")
    void decodesAsPillowDoes(String name) {
        RgbImage actual = reference.decode(name, SampleImages.bytes(name));
        String expectedName = SampleImages.expected(name);
        RgbImage expected = reference.decode(expectedName, SampleImages.bytes(expectedName));

        assertThat(actual.width()).isEqualTo(expected.width());
        assertThat(actual.height()).isEqualTo(expected.height());
        if (name.endsWith(".jpg")) { // libjpeg and libjpeg-turbo may differ in rounding
            assertThat(meanDifference(actual.rgb(), expected.rgb())).isLessThan(1.0);
        } else if (name.endsWith(".webp")
                && !name.contains("lossless")) { // libwebp smooths colours when it enlarges them
            assertThat(meanDifference(actual.rgb(), expected.rgb())).isLessThan(4.0);
        } else {
            assertThat(actual.rgb()).isEqualTo(expected.rgb());
        }
    }

    @ParameterizedTest
    @MethodSource("io.sextant.core.image.SampleImages#names")
    void refusesEveryBeginningOfAImageOrHasAllItsPixels(String name) {
        byte[] whole = SampleImages.bytes(name);
        RgbImage expected = reference.decode(name, whole);
        int refused = 0;
        int step = Math.max(1, whole.length / 400);
        for (int length = 0; length < whole.length; length += step) {
            try {
                assertThat(reference.decode(name, Arrays.copyOf(whole, length)).rgb())
                        .isEqualTo(expected.rgb());
            } catch (InvalidImageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / step / 4);
    }

    @ParameterizedTest
    @CsvSource({"1, abcdef", "2, badcfe", "3, fedcba", "4, efcdab", "5, acebdf", "6, ecafdb", "7, fdbeca", "8, bdface"})
    void appliesOrientation(int orientation, String upright) {
        // Given an image 2 wide and 3 high with the pixels ab / cd / ef
        byte[] png = png(2, 3, "abcdef", orientation);

        RgbImage image = decoder.decode("camera.png", png);
        RgbImage stored = reference.decode("camera.png", png);

        assertThat(letters(image)).isEqualTo(upright);
        assertThat(image.width()).isEqualTo(orientation < 5 ? 2 : 3);
        assertThat(image.orientation()).isEqualTo(orientation);
        assertThat(letters(stored)).isEqualTo("abcdef");
        assertThat(stored.orientation()).isEqualTo(1);
        assertThat(decoder.probe("camera.png", png).swapsSides()).isEqualTo(orientation >= 5);
    }

    @Test
    void ignoresImpossibleOrientation() {
        assertThat(letters(decoder.decode("camera.png", png(2, 3, "abcdef", 9))))
                .isEqualTo("abcdef");
    }

    @Test
    void readsOrientationOfJpeg() throws IOException {
        byte[] exif = "Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0".getBytes(ISO_8859_1);
        byte[] jpeg = withSegment(SampleImages.bytes("baseline420.jpg"), 0xE1, exif);

        assertThat(decoder.probe("a.jpg", jpeg)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 75, 51, 6, 1));
        RgbImage upright = decoder.decode("a.jpg", jpeg);
        assertThat(upright.width()).isEqualTo(51);
        assertThat(upright.height()).isEqualTo(75);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-end-mark.jpg", "orientation-long.jpg", "orientation.tif"})
    void readsWhatCamerasWriteAsPillowDoes(String name) {
        String expectedName = SampleImages.expected(name);
        RgbImage expected = reference.decode(expectedName, SampleImages.fromCamera(expectedName));

        RgbImage image = decoder.decode(name, SampleImages.fromCamera(name));

        assertThat(image.width()).isEqualTo(expected.width());
        assertThat(image.height()).isEqualTo(expected.height());
        assertThat(meanDifference(image.rgb(), expected.rgb())).isLessThan(1.0);
    }

    /** Types as Pillow takes them: short, long, signed byte, short and long, ratio, float, double, offset; not texts. */
    @ParameterizedTest
    @CsvSource({
        "3, 6", "4, 6", "5, 6", "6, 6", "8, 6", "9, 6", "10, 6", "11, 6", "12, 6", "13, 6", "1, 1", "2, 1", "7, 1"
    })
    void readsOrientationOfEveryNumericType(int type, int orientation) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] jpeg = withSegment(SampleImages.bytes("grey.jpg"), 0xE1, exifOrientation(type, order));
            assertThat(decoder.probe("a.jpg", jpeg).orientation()).isEqualTo(orientation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline420.jpg", "progressive444.jpg", "restarts.jpg", "grey.jpg", "cmyk.jpg"})
    void readsJpegWithoutEndMarkAndWithoutHalfOfIt(String name) {
        byte[] whole = SampleImages.bytes(name);
        byte[] expected = reference.decode(name, whole).rgb();
        byte[] cut = Arrays.copyOf(whole, whole.length - 2);

        assertThat(reference.decode(name, cut).rgb()).isEqualTo(expected);
        assertThat(reference
                        .decode(name, Arrays.copyOf(whole, whole.length - 1))
                        .rgb())
                .isEqualTo(expected);
        assertThat(reference
                        .decode(name, Arrays.copyOf(cut, whole.length + 4096))
                        .rgb())
                .as("filled up with zeros")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12})
    void readsPngWithoutItsEndChunk(int missing) {
        String name = "colour_type2_8bit.png";
        byte[] whole = SampleImages.bytes(name);
        byte[] expected = reference.decode(name, whole).rgb();
        byte[] cut = Arrays.copyOf(whole, whole.length - missing);

        assertThat(reference.decode(name, cut).rgb()).isEqualTo(expected);
        assertThat(reference
                        .decode(name, Arrays.copyOf(cut, whole.length + 4096))
                        .rgb())
                .as("filled up with zeros")
                .isEqualTo(expected);
    }

    @Test
    void refusesPngThatEndsBetweenItsPixels() {
        byte[] whole = SampleImages.bytes("colour_type2_8bit.png");
        byte[] cut = Arrays.copyOf(whole, whole.length - 12 - 40);

        assertRefused(() -> decoder.decode("cut.png", cut), "cut.png", "truncated PNG");
    }

    /** The transfer broke off; what was not received reads as zeros, which are codes like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"baseline420.jpg", "progressive444.jpg", "restarts.jpg", "grey.jpg", "cmyk.jpg"})
    void refusesJpegThatIsFilledUpWithZeros(String name) {
        byte[] whole = SampleImages.bytes(name);
        byte[] cut = Arrays.copyOf(whole, whole.length - 40);

        assertRefused(
                () -> decoder.decode("cut.jpg", Arrays.copyOf(cut, whole.length + 512)),
                "cut.jpg",
                "truncated JPEG file");
    }

    @Test
    void refusesProgressiveJpegWithoutItsLastScans() {
        byte[] jpeg = SampleImages.bytes("progressive444.jpg");
        int[] scans = IntStream.range(0, jpeg.length - 1)
                .filter(at -> (jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == 0xDA)
                .toArray();

        assertThat(scans).hasSizeGreaterThan(1);
        for (int at : scans) {
            byte[] cut = Arrays.copyOf(jpeg, at);
            assertRefused(() -> decoder.decode("coarse.jpg", cut), "coarse.jpg", "truncated JPEG");
        }
    }

    @Test
    void decodesInterlacedPng() throws IOException {
        RgbImage source = reference.decode("noisy.gif", SampleImages.bytes("noisy.gif"));
        for (int width = 1; width <= 12; width++) {
            BufferedImage part = buffered(source).getSubimage(0, 0, width, 13 - width);
            assertThat(reference.decode("i.png", interlacedPng(part)).rgb()).isEqualTo(samples(part));
        }
    }

    @Test
    void probesAnimation() {
        assertThat(decoder.probe("a.png", SampleImages.bytes("animated.png")).frames())
                .isEqualTo(2);
        assertThat(decoder.probe("a.gif", SampleImages.bytes("animated.gif")).frames())
                .isZero();
    }

    @Test
    void refusesSixteenBitGrey() {
        assertRefused(
                () -> decoder.decode("x-ray.png", png(1, 1, 16, 0, new byte[] {0, 1, 2})), "x-ray.png", "16-bit grey");
    }

    @Test
    void refusesTooManyBytes() {
        ImageDecoder strict = new ImageDecoder(new ImageLimits(100, 1000, 100), OrientationPolicy.UPRIGHT);
        assertRefused(
                () -> strict.decode("a.jpg", SampleImages.bytes("grey.jpg")), "a.jpg", "sextant.image.max-bytes=100");
    }

    @ParameterizedTest
    @MethodSource("io.sextant.core.image.SampleImages#names")
    void decidesLimitsFromHeaderAlone(String name) {
        byte[] whole = SampleImages.bytes(name);
        ImageHeader header = reference.probe(name, whole);
        ImageDecoder fewPixels = decoder((long) header.width() * header.height() - 1, 10_000);
        ImageDecoder shortSide = decoder(1_000_000, Math.max(header.width(), header.height()) - 1);

        assertRefused(() -> fewPixels.decode(name, whole), name, "sextant.image.max-pixels=");
        assertRefused(() -> shortSide.decode(name, whole), name, "sextant.image.max-side=");
        assertThat(decoder((long) header.width() * header.height(), Math.max(header.width(), header.height()))
                        .decode(name, whole)
                        .width())
                .isEqualTo(header.swapsSides() ? header.height() : header.width());
    }

    @Test
    void refusesBombsOfEveryFormat() {
        byte[] png = png(60_000, 60_000, 8, 2, new byte[100]);
        byte[] gif = SampleImages.bytes("plain.gif");
        ByteBuffer.wrap(gif).putShort(6, (short) 0xFFFF).putShort(8, (short) 0xFFFF);
        byte[] bmp = SampleImages.bytes("mode_rgb.bmp");
        ByteBuffer.wrap(bmp).putInt(18, 0xFFFFFF3F).putInt(22, 0xFFFFFF3F);

        byte[] webp = SampleImages.bytes("lossless.webp");
        ByteBuffer.wrap(webp)
                .put(21, (byte) -1)
                .put(22, (byte) -1)
                .put(23, (byte) -1)
                .put(24, (byte) 0xF);
        byte[] tiff = SampleImages.bytes("none.tif");
        tagOf(tiff, 256).putInt(8, 60_000);
        tagOf(tiff, 257).putInt(8, 60_000);

        assertRefused(() -> decoder.decode("bomb.webp", webp), "bomb.webp", "16384x16384");
        assertRefused(() -> decoder.decode("bomb.tif", tiff), "bomb.tif", "of its image");
        assertRefused(() -> decoder.decode("bomb.png", png), "bomb.png", "60000x60000");
        assertRefused(() -> decoder.decode("bomb.gif", gif), "bomb.gif", "65535x65535");
        assertRefused(() -> decoder.decode("bomb.bmp", bmp), "bomb.bmp", "max-side");
    }

    @ParameterizedTest
    @CsvSource({
        "tiles.tif, 322, 60000, tiles of 60000x",
        "jpeg.tif, 257, 20, is of another size",
        "none.tif, 257, 44, fewer than",
        "none.tif, 258, 24, bits a sample",
        "none.tif, 259, 34712, compression 34712",
        "none.tif, 262, 8, colours of kind 8",
        "none.tif, 277, 9, samples a pixel",
        "grey.tif, 258, 16, 16-bit grey"
    })
    void refusesTiffWhoseHeaderAsksForWhatItDoesNotHold(String name, int tag, int value, String reason) {
        byte[] tiff = SampleImages.bytes(name);
        int at = tagOf(tiff, tag).getInt(4) > 2 ? tagOf(tiff, tag).getInt(8) : 0;
        ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        if (at > 0) {
            for (int i = 0; i < tagOf(tiff, tag).getInt(4); i++) {
                file.putShort(at + 2 * i, (short) value);
            }
        } else {
            tagOf(tiff, tag).putInt(8, value);
        }

        assertRefused(() -> decoder.decode(name, tiff), name, reason);
    }

    /** What a strip unpacks to is too little; it must not become grey rows. */
    @ParameterizedTest
    @ValueSource(strings = {"none.tif", "lzw.tif", "deflate.tif", "packbits.tif", "jpeg.tif", "predictor.tif"})
    void refusesTiffWithMissingPixels(String name) {
        byte[] tiff = SampleImages.bytes(name);
        ByteBuffer lengths = tagOf(tiff, 279);
        if (lengths.getInt(4) == 1) {
            lengths.putInt(8, (lengths.getShort(2) == 3 ? lengths.getShort(8) : lengths.getInt(8)) / 2);
        } else {
            int width = lengths.getShort(2) == 3 ? 2 : 4;
            ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
            int last = lengths.getInt(8) + width * (lengths.getInt(4) - 1);
            if (width == 2) {
                file.putShort(last, (short) (file.getShort(last) / 2));
            } else {
                file.putInt(last, file.getInt(last) / 2);
            }
        }

        assertRefused(() -> decoder.decode(name, tiff), name, " file");
    }

    /** Each part would be unpacked on its own: a small file could ask for any number of times its size. */
    @ParameterizedTest
    @CsvSource({"strips.tif, 273, 279", "tiles.tif, 324, 325"})
    void refusesTiffWhosePartsAreTogetherMoreThanTheFile(String name, int offsets, int lengths) {
        byte[] tiff = SampleImages.bytes(name);
        ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        int count = tagOf(tiff, offsets).getInt(4);
        int first = file.getInt(tagOf(tiff, offsets).getInt(8));
        for (int i = 0; i < count; i++) {
            file.putInt(tagOf(tiff, offsets).getInt(8) + 4 * i, first);
            file.putShort(tagOf(tiff, lengths).getInt(8) + 2 * i, (short) (tiff.length - first));
        }

        assertRefused(() -> decoder.decode(name, tiff), name, "larger than the file");
    }

    /** All parts need them, and are unpacked with them one by one. */
    @Test
    void refusesTiffWithLargeTablesOfJpeg() {
        byte[] small = SampleImages.bytes("jpeg.tif");
        ByteBuffer tag = tagOf(small, 347);
        byte[] tables = Arrays.copyOfRange(small, tag.getInt(8), tag.getInt(8) + tag.getInt(4));
        byte[] remark = ByteBuffer.allocate(65_535)
                .putShort((short) 0xFFFE)
                .putShort((short) 65_533)
                .array();
        byte[] large = insert(insert(tables, 2, remark), 2, remark);
        byte[] tiff = Arrays.copyOf(small, small.length + large.length);
        System.arraycopy(large, 0, tiff, small.length, large.length);
        tagOf(tiff, 347).putInt(4, large.length).putInt(8, small.length);

        assertRefused(() -> decoder.decode("tables.tif", tiff), "tables.tif", "tables of JPEG");
    }

    @Test
    void countsPagesAndEndsWhereTheyRunInACircle() {
        byte[] tiff = SampleImages.bytes("pages.tif");
        ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(decoder.probe("a.tif", tiff).frames()).isEqualTo(3);
        assertThat(decoder.probe("a.webp", SampleImages.bytes("animated.webp")).frames())
                .isEqualTo(3);

        int first = file.getInt(4);
        file.putInt(first + 2 + 12 * file.getShort(first), first);
        assertThat(decoder.probe("a.tif", tiff).frames()).isEqualTo(1);
    }

    @Test
    void readsOrientationOfWebp() {
        assertThat(decoder.probe("a.webp", SampleImages.bytes("exif6.webp")).orientation())
                .isEqualTo(6);
        assertThat(decoder.decode("a.webp", SampleImages.bytes("exif6.webp")).width())
                .isEqualTo(43);
    }

    @Test
    void refusesWebpThatLosesItsPixelsWithinWholeChunks() {
        byte[] webp = SampleImages.bytes("lossless.webp");
        byte[] cut = Arrays.copyOf(webp, webp.length / 4 * 2);
        ByteBuffer.wrap(cut)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, cut.length - 8)
                .putInt(16, cut.length - 20);

        assertRefused(() -> decoder.decode("cut.webp", cut), "cut.webp", "damaged WebP");
    }

    @Test
    void skipsPackedTextThatWouldInflateToGigabytes() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("Comment\0\0".getBytes(ISO_8859_1));
        try (DeflaterOutputStream packed = new DeflaterOutputStream(text, new Deflater(9))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                packed.write(zeros);
            }
        }
        byte[] plain = png(2, 3, "abcdef", 1);
        byte[] bomb = insert(plain, 33, chunk("zTXt", text.toByteArray()));

        assertThat(letters(decoder.decode("text.png", bomb))).isEqualTo("abcdef");
    }

    @Test
    void stopsInflatingBehindLastPixel() throws IOException {
        byte[] pixels = new byte[1 << 26];
        assertThat(decoder.decode("long.png", png(1, 1, 8, 0, pixels)).rgb()).hasSize(3);
    }

    @Test
    void refusesJpegWithEndlessScans() {
        byte[] jpeg = SampleImages.bytes("progressive420.jpg");
        int scan = indexOfMarker(jpeg, 0xDA);
        int length = 2 + ((jpeg[scan + 2] & 0xFF) << 8 | (jpeg[scan + 3] & 0xFF));
        byte[] scanHeader = Arrays.copyOfRange(jpeg, scan, scan + length);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            many.writeBytes(scanHeader);
        }

        assertRefused(
                () -> decoder.decode("scans.jpg", insert(jpeg, scan, many.toByteArray())), "scans.jpg", "times over");
    }

    @Test
    void refusesJpegOfTheLargestSizeThereIsForItsSideHoweverItIsPainted() {
        for (String name : List.of("baseline420.jpg", "progressive420.jpg")) {
            byte[] jpeg = SampleImages.bytes(name);
            int frame = indexOfMarker(jpeg, name.startsWith("base") ? 0xC0 : 0xC2);
            Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFF);
            assertRefused(
                    () -> decoder.decode(name, jpeg), name, "65535x65535 pixels, wider than sextant.image.max-side");
            assertRefused(() -> decoder.probe(name, jpeg), name, "max-side");
        }
    }

    @Test
    void refusesJpegCutShortBehindItsEndMark() {
        byte[] jpeg = SampleImages.bytes("baseline420.jpg");
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        assertRefused(() -> decoder.decode("cut.jpg", cut), "cut.jpg", "damaged JPEG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RIFF____WEBPVP8 | WebP",
                "II*_ | TIFF",
                "____ftypheic | HEIC",
                "___\u0018ftypmif1____miafheic | HEIC",
                "____ftypavif | AVIF",
                "___\u0018ftypmif1____avifmiaf | AVIF",
                "____ftypisom | film",
                "II+_ | BigTIFF",
                "%PDF-1.7 | PDF",
                "<svg xmlns='x'> | SVG",
                "<?xml version='1.0'?><svg> | SVG",
                "<!DOCTYPE html><html> | web page",
                "{\"error\": 1} | JSON",
                "hello there | text",
                "version https://git-lfs.github.com/spec/v1 | Git LFS",
                "________ | zero bytes",
                "BM | text",
                "GIF88a | text"
            })
    void namesForeignContent(String content, String expected) {
        byte[] bytes = content.replace('_', '\0').getBytes(UTF_8);
        assertRefused(() -> decoder.decode("upload.jpg", bytes), "upload.jpg", expected);
    }

    @Test
    void refusesEmptyFile() {
        assertRefused(() -> decoder.decode("empty.png", new byte[0]), "empty.png", "is empty");
    }

    @Test
    void refusesMissingFileAndFolder(@TempDir Path folder) {
        assertRefused(() -> decoder.decode(folder.resolve("none.png")), "none.png", "does not exist");
        assertRefused(() -> decoder.decode(folder), folder.toString(), "folder");
    }

    @Test
    void refusesLargeFileBeforeReadingIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.png");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(1L << 40).write(ByteBuffer.wrap(new byte[1]));
        }
        assertRefused(() -> decoder.decode(file), "large.png", "sextant.image.max-bytes");
    }

    @Test
    void readsFileAndItsDigest(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("three.png");
        Files.write(file, png(2, 3, "abcdef", 1));

        RgbImage image = decoder.decode(file);

        assertThat(image.name()).isEqualTo("three.png");
        assertThat(image.digest()).matches("[0-9a-f]{64}");
        assertThat(image.digest())
                .isEqualTo(decoder.decode("other", Files.readAllBytes(file)).digest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void pngWriterIsReadBack(long seed) throws IOException {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(300);
        int height = 1 + random.nextInt(300);
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);

        byte[] png = new AnnotatedImage(new RgbImage("r", "", width, height, 1, rgb), List.of(), "").toPng();

        assertThat(decoder.decode("r.png", png).rgb()).isEqualTo(rgb);
        assertThat(samples(ImageIO.read(new ByteArrayInputStream(png)))).isEqualTo(rgb);
    }

    private static ImageDecoder decoder(long maxPixels, int maxSide) {
        return new ImageDecoder(new ImageLimits(1 << 20, maxPixels, maxSide), OrientationPolicy.UPRIGHT);
    }

    private static void assertRefused(ThrowingCallable call, String name, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        error -> assertThat(error.category()).isEqualTo(ErrorCategory.INVALID_INPUT))
                .hasMessageContaining(name)
                .hasMessageContaining(part)
                .hasMessageContaining("; ");
    }

    private static byte[] png(int width, int height, String letters, int orientation) {
        byte[] rows = new byte[height * (1 + 3 * width)];
        for (int i = 0; i < letters.length(); i++) {
            int at = i / width * (1 + 3 * width) + 1 + 3 * (i % width);
            Arrays.fill(rows, at, at + 3, (byte) letters.charAt(i));
        }
        byte[] exif =
                ("II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0" + (char) orientation + "\0\0\0\0\0\0\0").getBytes(ISO_8859_1);
        return insert(png(width, height, 8, 2, rows), 33, chunk("eXIf", exif));
    }

    private static byte[] png(int width, int height, int depth, int colourType, byte[] rows) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.writeBytes(chunk("IHDR", header));
        png.writeBytes(chunk("IDAT", packed.toByteArray()));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(ISO_8859_1));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(ISO_8859_1))
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        byte[] segment = ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
        return insert(jpeg, 2, segment);
    }

    /** An entry of a little-endian TIFF file's first directory. */
    private static ByteBuffer tagOf(byte[] tiff, int tag) {
        ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        int directory = file.getInt(4);
        for (int at = directory + 2; ; at += 12) {
            if ((file.getShort(at) & 0xFFFF) == tag) {
                return ByteBuffer.wrap(tiff, at, 12).slice().order(ByteOrder.LITTLE_ENDIAN);
            }
        }
    }

    private static byte[] exifOrientation(int type, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + 8);
        exif.put("Exif\0\0".getBytes(ISO_8859_1))
                .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(ISO_8859_1))
                .order(order)
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) type)
                .putInt(1);
        switch (type) {
            case 3, 8 -> exif.putShort((short) 6).putShort((short) 0);
            case 4, 9, 13 -> exif.putInt(6);
            case 5, 10, 12 -> exif.putInt(26);
            case 11 -> exif.putFloat(6);
            default -> exif.put((byte) 6).put(new byte[3]);
        }
        exif.putInt(0);
        if (type == 12) {
            exif.putDouble(6);
        } else {
            exif.putInt(6).putInt(1);
        }
        return exif.array();
    }

    private static byte[] insert(byte[] bytes, int at, byte[] part) {
        byte[] whole = Arrays.copyOf(bytes, bytes.length + part.length);
        System.arraycopy(part, 0, whole, at, part.length);
        System.arraycopy(bytes, at, whole, at + part.length, bytes.length - at);
        return whole;
    }

    private static int indexOfMarker(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        }
        return at;
    }

    private static String letters(RgbImage image) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < image.rgb().length; i += 3) {
            letters.append((char) image.rgb()[i]);
        }
        return letters.toString();
    }

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            byte[] rgb = image.rgb();
            int value = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
            buffered.setRGB(i % image.width(), i / image.width(), value);
        }
        return buffered;
    }

    private static byte[] samples(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length / 3; i++) {
            int value = image.getRGB(i % image.getWidth(), i / image.getWidth());
            rgb[3 * i] = (byte) (value >> 16);
            rgb[3 * i + 1] = (byte) (value >> 8);
            rgb[3 * i + 2] = (byte) value;
        }
        return rgb;
    }

    private static byte[] interlacedPng(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        }
        writer.dispose();
        byte[] png = bytes.toByteArray();
        assertThat(png[28]).as("interlace method in the header").isEqualTo((byte) 1);
        return png;
    }

    private static double meanDifference(byte[] actual, byte[] expected) {
        long sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF));
        }
        return (double) sum / actual.length;
    }
}
