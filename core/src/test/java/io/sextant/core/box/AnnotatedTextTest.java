package io.sextant.core.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.AnnotatedText.BareBoxes;
import io.sextant.core.box.AnnotatedText.Malformed;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.box.AnnotatedText.Plain;
import io.sextant.core.box.AnnotatedText.Span;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotatedTextTest {
    private static final String[] PIECES = {
        "<p>",
        "</p>",
        "<delim>",
        "{",
        "}",
        "<",
        ">",
        "{<1><2><3><4>}",
        "{<1><2>",
        "<7>",
        "<101>",
        "<-5>",
        "a cat",
        " ",
        "\n",
        "}<p>",
        "{<9><9><1><1>}",
        "9",
        "\u00e9",
        "\ud83d\ude00",
        "{<",
        "</",
        "<del",
        "{{"
    };

    @Test
    void readsGroundedCaption() {
        AnnotatedText text = AnnotatedText.parse(
                "<p>two dogs</p> {<1><2><3><4>}<delim>{<5><6><7><8>} on <p>a bed</p> {<0><50><100><99>}.");

        assertThat(text.phrases()).extracting(Phrase::text).containsExactly("two dogs", "a bed");
        assertThat(bins(text))
                .containsExactly(new BinBox(1, 2, 3, 4), new BinBox(5, 6, 7, 8), new BinBox(0, 50, 100, 99));
        assertThat(text.plainText()).isEqualTo("two dogs on a bed.");
        assertThat(text.malformed()).isEmpty();
    }

    @Test
    void tellsWhereEachBoxStands() {
        String written = "it is <p>here</p> {<1><2><3><4>} <delim> {<5><6><7><8>}";
        assertThat(AnnotatedText.parse(written).boxes())
                .hasSize(2)
                .allSatisfy(box -> assertThat(written.substring(box.start(), box.end()))
                        .isEqualTo(box.box().toText()));
    }

    @Test
    void readsBareBox() {
        AnnotatedText text = AnnotatedText.parse("{<10><20><30><40>}");

        assertThat(text.spans()).hasSize(1).first().isInstanceOf(BareBoxes.class);
        assertThat(bins(text)).containsExactly(new BinBox(10, 20, 30, 40));
        assertThat(text.plainText()).isEmpty();
    }

    @Test
    void separatesGluedPhrases() {
        AnnotatedText text = AnnotatedText.parse("<p>a cat</p> {<1><2><3><4>}<p>a dog</p> {<5><6><7><8>}");

        assertThat(text.phrases()).extracting(Phrase::text).containsExactly("a cat", "a dog");
        assertThat(text.phrases())
                .allSatisfy(phrase -> assertThat(phrase.boxes()).hasSize(1));
    }

    @Test
    void keepsPhraseWithoutBoxApartFromItsNeighbour() {
        AnnotatedText text = AnnotatedText.parse("<p>a cat</p> and <p>a dog</p> {<5><6><7><8>}");

        assertThat(text.phrases()).extracting(phrase -> phrase.boxes().size()).containsExactly(0, 1);
        assertThat(text.plainText()).isEqualTo("a cat and a dog");
    }

    @Test
    void ignoresNumbersOutsideOfBoxes() {
        AnnotatedText text = AnnotatedText.parse("2 boxes {<10><20><30><40>}");

        assertThat(bins(text)).containsExactly(new BinBox(10, 20, 30, 40));
        assertThat(text.plainText()).isEqualTo("2 boxes");
    }

    @Test
    void letsWhiteSpaceBetweenPiecesPass() {
        assertThat(bins(AnnotatedText.parse("{ < 10 > <20>\n<30> <040> }")))
                .containsExactly(new BinBox(10, 20, 30, 40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{<1><2><3>}",
                "{<1><2><3><4><5>}",
                "{<1><2><3><101>}",
                "{<-1><2><3><4>}",
                "{<9><2><3><4>}",
                "{<1><2><3><4>",
                "{<a><b><c><d>}",
                "{<1><2",
                "{<99999999999999999999><1><1><1>}"
            })
    void keepsNeighboursOfMalformedBox(String wreck) {
        String before = "<p>a</p> {<1><1><2><2>} then ";
        AnnotatedText text = AnnotatedText.parse(before + wreck + " <p>b</p> {<3><3><4><4>}");

        assertThat(text.phrases()).extracting(Phrase::text).containsExactly("a", "b");
        assertThat(bins(text)).containsExactly(new BinBox(1, 1, 2, 2), new BinBox(3, 3, 4, 4));
        assertThat(text.malformed()).hasSize(1);
        assertThat(text.malformed().get(0).start()).isEqualTo(before.length());
        assertThat(text.malformed().get(0).text().strip()).isEqualTo(wreck);
        assertThat(text.malformed().get(0).reason()).isNotBlank();
    }

    @Test
    void keepsGoodBoxOfPartlyMalformedList() {
        AnnotatedText text = AnnotatedText.parse("<p>a cat</p> {<1><2><3>}<delim>{<5><6><7><8>}");

        assertThat(text.phrases()).hasSize(1);
        assertThat(text.phrases().get(0).boxes()).extracting(WrittenBox::box).containsExactly(new BinBox(5, 6, 7, 8));
        assertThat(text.malformed()).extracting(Malformed::text).containsExactly("{<1><2><3>}");
    }

    @Test
    void keepsWordsOfUnclosedTag() {
        AnnotatedText text = AnnotatedText.parse("<p>a cat {<1><2><3><4>} and </p> <p>b</p> <delim>");

        assertThat(text.plainText()).isEqualTo("a cat and b");
        assertThat(bins(text)).containsExactly(new BinBox(1, 2, 3, 4));
        assertThat(text.malformed()).extracting(Malformed::text).containsExactly("<p>", "</p>", "<delim>");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String words = "a < b, {x} and {} at 10 20 30 40";
        AnnotatedText text = AnnotatedText.parse(words);

        assertThat(text.spans()).containsExactly(new Plain(words, 0, words.length()));
    }

    @Test
    void refusesToWritePhraseThatWouldNotBeReadBack() {
        assertThatThrownBy(() -> AnnotatedText.write("a</p>b", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AnnotatedText.write("{<1><2><3><4>}", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsBackWhatItWrites(long seed) {
        Random random = new Random(seed);
        List<BinBox> boxes = random.ints(random.nextInt(5), 0, 1 << 20)
                .mapToObj(value -> box(new Random(value)))
                .toList();
        String phrase = "a thing numbered " + seed;

        AnnotatedText text = AnnotatedText.parse("look: " + AnnotatedText.write(phrase, boxes) + ".");

        assertThat(bins(text)).isEqualTo(boxes);
        assertThat(text.phrases()).extracting(Phrase::text).containsExactly(phrase);
        assertThat(text.malformed()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNothingOfJunk(long seed) {
        Random random = new Random(seed);
        StringBuilder junk = new StringBuilder();
        for (int i = random.nextInt(3 + (int) seed); i >= 0; i--) {
            junk.append(PIECES[random.nextInt(PIECES.length)]);
        }

        AnnotatedText text = AnnotatedText.parse(junk.toString());

        int end = 0;
        for (Span span : text.spans()) {
            assertThat(span.start()).isEqualTo(end);
            assertThat(span.end()).isGreaterThan(span.start());
            end = span.end();
        }
        assertThat(end).isEqualTo(junk.length());
        for (WrittenBox box : text.boxes()) {
            assertThat(AnnotatedText.parse(junk.substring(box.start(), box.end()))
                            .boxes())
                    .extracting(WrittenBox::box)
                    .containsExactly(box.box());
        }
    }

    /** Quadratic reading of these would take hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>",
                "<p>{",
                "{<1><2><3><4>}",
                "{<1>",
                "{ ",
                "<p>a</p> ",
                "<delim>",
                "{<1><2><3><4>}<delim>",
                "</p>{<"
            })
    void readsMegabytesOfJunk(String piece) {
        String junk = piece.repeat(3_000_000 / piece.length());

        assertThat(AnnotatedText.parse(junk).text()).isSameAs(junk);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static BinBox box(Random random) {
        int xMin = random.nextInt(101);
        int yMin = random.nextInt(101);
        return new BinBox(xMin, yMin, xMin + random.nextInt(101 - xMin), yMin + random.nextInt(101 - yMin));
    }

    private static List<BinBox> bins(AnnotatedText text) {
        return text.boxes().stream().map(WrittenBox::box).toList();
    }
}
