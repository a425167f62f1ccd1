package io.sextant.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.error.InvalidImageException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages good images of every format: what comes out is a typed error or an image of the size its header states.
 *
 * <p>A fixed number of seeded rounds in the normal build; {@code -Dsextant.fuzz.minutes=60} goes on for that long with further
 * seeds. A failure names its seed.
 */
class ImageFuzzTest {
    private static final int ROUNDS = 6_000;

    private final ImageDecoder decoder =
            new ImageDecoder(new ImageLimits(1 << 20, 1_000_000, 4_000), OrientationPolicy.UPRIGHT);

    @Test
    void damagedImagesGiveTypedErrors() {
        List<String> names = SampleImages.names();
        List<byte[]> images = names.stream().map(SampleImages::bytes).toList();
        long minutes = Long.getLong("sextant.fuzz.minutes", 0);
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        int refused = 0;
        int decoded = 0;
        for (long seed = 0; seed < ROUNDS || (minutes > 0 && System.nanoTime() < end); seed++) {
            Random random = new Random(seed);
            int chosen = random.nextInt(names.size());
            byte[] damaged = damage(images.get(chosen), images.get(random.nextInt(names.size())), random);
            String name = names.get(chosen) + " with seed " + seed;
            try {
                ImageHeader header = decoder.probe(name, damaged);
                RgbImage image = decoder.decode(name, damaged);
                assertThat(image.width()).as(name).isEqualTo(header.swapsSides() ? header.height() : header.width());
                assertThat(image.height()).as(name).isEqualTo(header.swapsSides() ? header.width() : header.height());
                decoded++;
            } catch (InvalidImageException e) {
                assertThat(e).hasMessageContaining(name);
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + " must be refused as an invalid image", e);
            }
        }
        System.out.printf("image fuzzing: %d refused, %d decoded%n", refused, decoded);
        assertThat(refused).isPositive();
        assertThat(decoded).isPositive();
    }

    private static byte[] damage(byte[] good, byte[] other, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
                case 4 -> {
                    int length = Math.min(random.nextInt(40), Math.min(bytes.length - at, other.length));
                    System.arraycopy(other, random.nextInt(other.length - length + 1), bytes, at, length);
                }
                case 5 -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(60));
                    System.arraycopy(bytes, at, longer, longer.length - (bytes.length - at), bytes.length - at);
                    bytes = longer;
                }
                default -> {
                    int length = random.nextInt(Math.min(60, bytes.length - at));
                    System.arraycopy(bytes, at + length, bytes, at, bytes.length - at - length);
                }
            }
        }
        return bytes;
    }
}
