package io.sextant.core.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerGrammarTest {

    @Test
    void areValues() {
        assertThat(AnswerGrammar.repeat(AnswerGrammar.boxes(1, 2), 0, 3, ", "))
                .isEqualTo(AnswerGrammar.repeat(AnswerGrammar.boxes(1, 2), 0, 3, ", "))
                .hasSameHashCodeAs(AnswerGrammar.repeat(AnswerGrammar.boxes(1, 2), 0, 3, ", "));
    }

    @Test
    void differentGrammarsHaveDifferentShortIds() {
        List<AnswerGrammar> grammars = List.of(
                AnswerGrammar.free(),
                AnswerGrammar.box(),
                AnswerGrammar.boxes(0, 1),
                AnswerGrammar.boxes(0, AnswerGrammar.UNLIMITED),
                AnswerGrammar.phrases(0, 1),
                AnswerGrammar.groundedText(),
                AnswerGrammar.yesNo(),
                AnswerGrammar.oneOf(List.of("yes,no")),
                AnswerGrammar.oneOf(List.of("yes\",\"no")),
                AnswerGrammar.oneOf(
                        IntStream.range(0, 99).mapToObj(String::valueOf).toList()),
                AnswerGrammar.oneOf(
                        IntStream.range(0, 98).mapToObj(String::valueOf).toList()),
                AnswerGrammar.number(0, 5),
                new AnswerGrammar.Number(0, 5, 1),
                AnswerGrammar.text("box"),
                AnswerGrammar.anyText(5, "<>"),
                AnswerGrammar.anyText(5, "<"),
                AnswerGrammar.sequence(AnswerGrammar.text("a"), AnswerGrammar.text("b")),
                AnswerGrammar.either(AnswerGrammar.text("a"), AnswerGrammar.text("b")),
                AnswerGrammar.text("a\",text(\"b"),
                AnswerGrammar.optional(AnswerGrammar.text("a")),
                AnswerGrammar.repeat(AnswerGrammar.text("a"), 0, 1, " "));
        Set<String> ids = new HashSet<>();
        for (AnswerGrammar grammar : grammars) {
            assertThat(grammar.id()).isNotBlank().hasSizeLessThanOrEqualTo(64);
            assertThat(ids.add(grammar.id())).as(grammar.id()).isTrue();
        }
    }

    @Test
    void keepTheirIds() {
        assertThat(AnswerGrammar.box().id()).isEqualTo("box");
        assertThat(AnswerGrammar.phrases(1, AnswerGrammar.UNLIMITED).id()).isEqualTo("phrases(1..)");
        assertThat(AnswerGrammar.yesNo().id()).isEqualTo("one-of(\"yes\",\"no\")");
        assertThat(AnswerGrammar.anyText(5, ">><").id()).isEqualTo("any-text(1..5,\"<>\")");
    }

    static Stream<Arguments> refused() {
        AnswerGrammar maybe = AnswerGrammar.optional(AnswerGrammar.box());
        return Stream.of(
                refused("max >= 1", () -> AnswerGrammar.boxes(0, 0)),
                refused("was 3..2", () -> AnswerGrammar.phrases(3, 2)),
                refused("was -1..2", () -> AnswerGrammar.boxes(-1, 2)),
                refused("had 0", () -> AnswerGrammar.oneOf(List.of())),
                refused("had 10001", () -> AnswerGrammar.oneOf(Collections.nCopies(10_001, "a"))),
                refused("\"a\" twice", () -> AnswerGrammar.oneOf(List.of("a", "a"))),
                refused("was \" a\"", () -> AnswerGrammar.oneOf(List.of(" a"))),
                refused("has no blanks at its ends", () -> AnswerGrammar.oneOf(List.of("a\u00A0"))),
                refused("has no blanks at its ends", () -> AnswerGrammar.oneOf(List.of("\u202Fa"))),
                refused("</s>", () -> AnswerGrammar.oneOf(List.of("a</s>"))),
                refused("[/INST]", () -> AnswerGrammar.text("a[/INST]b")),
                refused("control characters", () -> AnswerGrammar.text("a\nb")),
                refused("control characters", () -> AnswerGrammar.text("a\u0085")),
                refused("half surrogate", () -> AnswerGrammar.text("\uD83D")),
                refused("U+2581", () -> AnswerGrammar.text("a\u2581")),
                refused("had 1001", () -> AnswerGrammar.text("a".repeat(1001))),
                refused("was 5..4", () -> AnswerGrammar.number(5, 4)),
                refused("decimals must be in 0..15, was 16", () -> new AnswerGrammar.Number(0, 1, 16)),
                refused("must be at least 1, was 0", () -> AnswerGrammar.anyText(0, "")),
                refused("was 100001", () -> new AnswerGrammar.AnyText(100_001, 200_000, "")),
                refused("letter of a to e", () -> AnswerGrammar.anyText(5, "abcdefg")),
                refused("printable ASCII", () -> AnswerGrammar.anyText(5, "é")),
                refused("free() stands alone", () -> AnswerGrammar.sequence(AnswerGrammar.free())),
                refused("at least one part", () -> AnswerGrammar.either()),
                refused("at most 64, had 65", () -> AnswerGrammar.either(numbers(65))),
                refused(
                        "at most 64, had 66",
                        () -> AnswerGrammar.either(
                                AnswerGrammar.either(numbers(33)), AnswerGrammar.either(numbers(33)))),
                refused("can be empty", () -> AnswerGrammar.repeat(maybe, 0, 3, "")),
                refused("can be empty", () -> AnswerGrammar.optional(AnswerGrammar.sequence(maybe, maybe))));
    }

    private static AnswerGrammar[] numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> AnswerGrammar.number(i, i))
                .toArray(AnswerGrammar[]::new);
    }

    private static Arguments refused(String message, Supplier<AnswerGrammar> grammar) {
        return Arguments.of(message, grammar);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void namesWhatCannotBe(String message, Supplier<AnswerGrammar> grammar) {
        assertThatThrownBy(grammar::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
