package io.sextant.connectors.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnqueuingTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private static final int MILLION = 1_000_000;

    private final List<String> arrived = new ArrayList<>();
    private final List<Enqueuing.State> states = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private long now;

    @Test
    void sendsEachWantedImageOnceInOrder() {
        Enqueuing.State end = enqueue(2_500, Integer.MAX_VALUE, null).run(Enqueuing.State.BEGIN, states::add);

        assertThat(arrived).hasSize(2_500).isSorted().doesNotHaveDuplicates();
        assertThat(end).isEqualTo(new Enqueuing.State("002499.jpg", 2_500, 0));
        assertThat(states)
                .containsExactly(
                        new Enqueuing.State("000999.jpg", 1_000, 0), new Enqueuing.State("001999.jpg", 2_000, 0), end);
    }

    @Test
    void leavesNothingOutWhenItGoesOnAfterAFailure() {
        assertThatThrownBy(() -> enqueue(2_500, 1_700, null).run(Enqueuing.State.BEGIN, states::add))
                .isInstanceOf(ConnectorException.class);
        assertThat(states).containsExactly(new Enqueuing.State("000999.jpg", 1_000, 0));
        assertThat(arrived).hasSize(1_700);

        Enqueuing.State end = enqueue(2_500, Integer.MAX_VALUE, null).run(states.get(0), states::add);

        assertThat(end.sent()).isEqualTo(2_500);
        assertThat(new HashSet<>(arrived)).hasSize(2_500);
        assertThat(arrived).as("sent again: those since the last state").hasSize(2_500 + 700);
    }

    @Test
    void countsWhatLiesBehindAState() {
        Enqueuing enqueuing = enqueue(2_500, Integer.MAX_VALUE, null);
        assertThat(enqueuing.count(Enqueuing.State.BEGIN)).isEqualTo(2_500);
        assertThat(enqueuing.count(new Enqueuing.State("000999.jpg", 900, 100))).isEqualTo(1_500);
        assertThat(arrived).isEmpty();
    }

    /** Were only the names kept, they would take more than the memory that is allowed here. */
    @Test
    void keepsNothingOfAMillionImages() {
        List<Long> used = new ArrayList<>();
        Enqueuing enqueuing = new Enqueuing(
                new Numbered(MILLION), new Forgetful(), ImageFilter.ALL, null, System::nanoTime, nanos -> {});
        Enqueuing.State end = enqueuing.run(Enqueuing.State.BEGIN, state -> {
            if (state.sent() % (MILLION / 10) == 0) {
                used.add(usedBytes());
            }
        });
        assertThat(end.sent()).isEqualTo(MILLION);
        assertThat(used.get(used.size() - 1) - used.get(0))
                .as("bytes of the heap that have come to stay between 100,000 and a million")
                .isLessThan(16L << 20);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void keepsThePace() {
        enqueue(100, Integer.MAX_VALUE, 50).run(Enqueuing.State.BEGIN, states::add);

        assertThat(pauses).hasSize(99).allSatisfy(pause -> assertThat(pause).isEqualTo(20_000_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "*.jpg, trip/A.JPG, true",
        "*.jpg, trip/a.png, false",
        "trip/**, trip/day/a.png, true",
        "trip/*, trip/day/a.png, false",
        "'*.{jpg,jpeg,png,gif,bmp,webp,tif,tiff}', a.tiff, true",
        "'*.{jpg,jpeg,png,gif,bmp,webp,tif,tiff}', notes.txt, false",
        "*, notes.txt, true",
    })
    void choosesByName(String pattern, String name, boolean isWanted) {
        ImageFilter filter = new ImageFilter(pattern, 0, Long.MAX_VALUE, null, null);
        assertThat(filter.isWanted(new StoredImage("file:/" + name, name, 1, TIME)))
                .isEqualTo(isWanted);
    }

    @Test
    void choosesBySizeAndTime() {
        ImageFilter filter = new ImageFilter("*", 10, 20, TIME, TIME.plusSeconds(10));
        assertThat(IntStream.of(9, 10, 20, 21).filter(bytes -> isWanted(filter, bytes, TIME)))
                .containsExactly(10, 20);
        assertThat(IntStream.of(-1, 0, 9, 10).filter(second -> isWanted(filter, 15, TIME.plusSeconds(second))))
                .containsExactly(0, 9);
    }

    @Test
    void refusesAFilterThatWantsNothing() {
        assertThatThrownBy(() -> new ImageFilter("*", 5, 4, null, null)).hasMessageContaining("5 and 4");
        assertThatThrownBy(() -> new ImageFilter("*", -1, 4, null, null)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new ImageFilter("*", 0, 4, TIME, TIME)).hasMessageContaining("2026-01-31");
        assertThatThrownBy(() -> new ImageFilter("{*", 0, 4, null, null)).hasMessageContaining("{*");
    }

    private static boolean isWanted(ImageFilter filter, int bytes, Instant modified) {
        return filter.isWanted(new StoredImage("file:/a", "a", bytes, modified));
    }

    private Enqueuing enqueue(int images, int mostThatArrive, @Nullable Integer rate) {
        return new Enqueuing(
                new Numbered(images), new Sink(mostThatArrive), ImageFilter.ALL, rate, () -> now, nanos -> {
                    pauses.add(nanos);
                    now += nanos;
                });
    }

    /** So many images, named by their numbers. */
    private record Numbered(int count) implements ImageArchive {
        @Override
        public String place() {
            return "numbers";
        }

        @Override
        public void forEach(@Nullable String after, Consumer<StoredImage> images) {
            for (int i = 0; i < count; i++) {
                String name = "%06d.jpg".formatted(i);
                if (after == null || name.compareTo(after) > 0) {
                    images.accept(new StoredImage("numbers:" + name, name, i, TIME));
                }
            }
        }
    }

    /** Takes all. */
    private static final class Forgetful implements ClaimSink {
        @Override
        public void send(StoredImage image) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Breaks after so many. */
    private final class Sink implements ClaimSink {
        private final int most;

        Sink(int most) {
            this.most = most;
        }

        @Override
        public void send(StoredImage image) {
            if (arrived.size() >= most) {
                throw new ConnectorException("broken", new IllegalStateException());
            }
            arrived.add(image.name());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
