package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which texts a grammar has, and in which tokens they may come. */
class GrammarLanguageTest {
    private static final int PLENTY = 10_000;
    private static final String[] PIECES = {
        "<", ">", "{", "}", "<p>", "</p>", "<delim>", "><", "0", "1", "7", "10", "100", " ", ".", "-", "a", "é",
        "[/INST]", "s>", "yes", "on"
    };

    private final LlamaTokenizer tokenizer = TestTokenizers.EMBEDDED.open();
    private final GrammarCompiler compiler = new GrammarCompiler(tokenizer);
    private final VocabularyTrie vocabulary = new VocabularyTrie(tokenizer);

    static Stream<GrammarCase> cases() {
        return GrammarCase.all().stream();
    }

    @ParameterizedTest(name = "{0} seed=3")
    @MethodSource("cases")
    void hasExactlyTheTextsItSays(GrammarCase one) {
        SplittableRandom random = new SplittableRandom(3);
        int accepted = 0;
        for (int i = 0; i < 3000; i++) {
            String text = mutated(one.seeds().get(random.nextInt(one.seeds().size())), random);
            boolean isText = one.has(text.strip()) && text.equals(text.strip());
            boolean isSaid = text.equals(text.strip()) && writes(one.grammar(), bytePieces(text));

            assertThat(isSaid).as("\"%s\"", text).isEqualTo(isText);
            accepted += isSaid ? 1 : 0;
        }
        assertThat(accepted).as("texts of the grammar among them").isPositive();
    }

    @ParameterizedTest(name = "{0} seed=4")
    @MethodSource("cases")
    void letsATextComeInAnyTokens(GrammarCase one) {
        SplittableRandom random = new SplittableRandom(4);
        for (String text : one.seeds()) {
            for (int i = 0; i < 20; i++) {
                assertThat(writes(one.grammar(), cutAtRandom(text, random)))
                        .as(text)
                        .isTrue();
            }
            boolean hasPadPiece = Arrays.stream(tokenizer.encodePlain(text)).anyMatch(id -> id == tokenizer.pad());
            assertThat(writes(one.grammar(), tokenizer.encodePlain(text)))
                    .as(text)
                    .isNotEqualTo(hasPadPiece);
        }
    }

    @ParameterizedTest(name = "{0} seed=5")
    @MethodSource("cases")
    void masksWhatItWouldRefuseAndNothingElse(GrammarCase one) {
        SplittableRandom random = new SplittableRandom(5);
        TokenConstraint constraint = compiler.compile(one.grammar()).start();
        for (int step = 0; step < 25 && !constraint.isComplete(); step++) {
            float[] scores = new float[tokenizer.vocabularySize()];
            constraint.mask(scores, PLENTY);
            List<Integer> left = new ArrayList<>();
            for (int id = 0; id < scores.length; id++) {
                boolean isTaken = takes(constraint.copy(), id);
                assertThat(scores[id] == 0).as(tokenizer.piece(id)).isEqualTo(isTaken);
                if (isTaken) {
                    left.add(id);
                }
            }
            constraint.advance(left.get(random.nextInt(left.size())));
        }
    }

    @Test
    void neverHoldsAControlWordInFreeText() {
        AnswerGrammar grammar = AnswerGrammar.sequence(
                AnswerGrammar.text("<"), AnswerGrammar.anyText(20, ""), AnswerGrammar.text("s>"));

        assertThat(writes(grammar, bytePieces("<s>s>"))).isFalse();
        assertThat(writes(grammar, bytePieces("<a</s>s>"))).isFalse();
        assertThat(writes(grammar, bytePieces("<a[/INST]s>"))).isFalse();
        assertThat(writes(grammar, bytePieces("<a<s>"))).isFalse();
        assertThat(writes(grammar, bytePieces("<a<bs>"))).isTrue();
        assertThat(writes(grammar, bytePieces("<[/INS]s>"))).isTrue();
    }

    @Test
    void namesTheTokenItRefuses() {
        TokenConstraint constraint = compiler.compile(AnswerGrammar.box()).start();

        assertThatThrownBy(() -> constraint.advance(tokenizer.eos()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token 2");
        assertThatThrownBy(() -> constraint.advance(tokenizer.bos())).isInstanceOf(IllegalArgumentException.class);
        assertThat(constraint.isComplete()).isFalse();
    }

    @Test
    void copiesGoTheirOwnWays() {
        TokenConstraint one = compiler.compile(AnswerGrammar.yesNo()).start();
        TokenConstraint other = one.copy();
        one.advance(tokenizer.idOf("\u2581yes").orElseThrow());
        other.advance(tokenizer.idOf("\u2581no").orElseThrow());

        assertThat(one.forced(PLENTY)).containsExactly(tokenizer.eos());
        one.advance(tokenizer.eos());

        assertThat(one.isComplete()).isTrue();
        assertThat(other.isComplete()).isFalse();
    }

    @Test
    void leavesFreeAnswersAlone() {
        TokenConstraint free = compiler.compile(AnswerGrammar.free()).start();
        float[] scores = {Float.NaN, -1, 3, Float.POSITIVE_INFINITY};
        free.mask(scores, 1);

        assertThat(scores).containsExactly(Float.NaN, -1, 3, Float.POSITIVE_INFINITY);
        assertThat(free.forced(1)).isEmpty();
        free.advance(77);
        assertThat(free.isComplete()).isFalse();
        free.advance(tokenizer.eos());
        assertThat(free.isComplete()).isTrue();
    }

    @Test
    void compilesEqualGrammarsOnce() {
        assertThat(compiler.compile(AnswerGrammar.boxes(1, 3))).isSameAs(compiler.compile(AnswerGrammar.boxes(1, 3)));
    }

    @Test
    void takesTextsAsLongAsTheyMayBe() {
        AnswerGrammar grammar = AnswerGrammar.oneOf(List.of("\u4e16".repeat(1000), "no"));
        assertThat(compiler.compile(grammar).shortestAnswer()).isLessThan(5);
        assertThat(compiler.compile(AnswerGrammar.oneOf(List.of("\u4e16".repeat(1000), "\u4e16".repeat(999) + "x")))
                        .start()
                        .isComplete())
                .isFalse();
    }

    @Test
    void knowsTheShortestAnswer() {
        assertThat(compiler.compile(AnswerGrammar.box()).shortestAnswer())
                .as("{< as two tokens, four digits, three ><, >} as two, the end")
                .isEqualTo(2 + 4 + 3 + 2 + 1);
        assertThat(compiler.compile(AnswerGrammar.number(250, 300)).shortestAnswer())
                .isEqualTo(4);
        assertThat(compiler.compile(AnswerGrammar.optional(AnswerGrammar.box())).shortestAnswer())
                .isEqualTo(1);
    }

    private boolean writes(AnswerGrammar grammar, int[] ids) {
        TokenConstraint constraint = compiler.compile(grammar).start();
        for (int id : ids) {
            if (!takes(constraint, id)) {
                return false;
            }
        }
        return takes(constraint, tokenizer.eos());
    }

    private static boolean takes(TokenConstraint constraint, int id) {
        try {
            constraint.advance(id);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private int[] bytePieces(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        Arrays.setAll(ids, i -> vocabulary.idOfByte(bytes[i] & 0xFF));
        return ids;
    }

    /** Any tokens that write a text. */
    private int[] cutAtRandom(String text, SplittableRandom random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> ids = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            List<Integer> fitting = new ArrayList<>();
            int node = VocabularyTrie.ROOT;
            for (int end = at; end < bytes.length && node != VocabularyTrie.NONE; end++) {
                node = vocabulary.child(node, bytes[end] & 0xFF);
                if (node != VocabularyTrie.NONE) {
                    vocabulary.forEachToken(node, fitting::add);
                }
            }
            int id = fitting.get(random.nextInt(fitting.size()));
            ids.add(id);
            at += vocabulary.bytes(id).length;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String mutated(String seed, SplittableRandom random) {
        StringBuilder text = new StringBuilder(seed);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(3));
            String piece = random.nextInt(3) == 0 ? "" : PIECES[random.nextInt(PIECES.length)];
            text.replace(at, end, piece);
        }
        return text.toString();
    }
}
