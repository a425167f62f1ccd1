package io.sextant.core.internal.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles written by hand, one character a byte; \ u00xx stands for bytes beyond ASCII. */
class PickleReaderTest {
    private static final Map<String, ZipRecord> RECORDS = Map.of("r/data/0", new ZipRecord("r/data/0", 0, 64, 48, 0));

    static List<Arguments> casesReadsWholeNumbers() {
        return List.of(
                Arguments.of("K\u0007.", 7L),
                Arguments.of("M\u0001\u0002.", 513L),
                Arguments.of("J\u00ff\u00ff\u00ff\u00ff.", -1L),
                Arguments.of("\u008a\u0000.", 0L),
                Arguments.of("\u008a\u0002\u0000\u0080.", -32768L),
                Arguments.of("\u008a\u0008\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0080.", -9223372036854775807L));
    }

    @ParameterizedTest
    @MethodSource("casesReadsWholeNumbers")
    void readsWholeNumbers(String pickle, long value) {
        assertThat(read(pickle)).isEqualTo(new PickleValue.Whole(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\u0003\u0000\u0000\u0000a\u00c3\u00bc.",
                "\u008c\u0003a\u00c3\u00bc.",
                "U\u0002a\u00fc.",
                "T\u0002\u0000\u0000\u0000a\u00fc.",
                "\u008d\u0003\u0000\u0000\u0000\u0000\u0000\u0000\u0000a\u00c3\u00bc."
            })
    void readsTextOfEveryAge(String pickle) {
        assertThat(read(pickle)).isEqualTo(new PickleValue.Text("aü"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "}(U\u0001aK\u0001U\u0001bK\u0002u.", // EMPTY_DICT, SETITEMS
                "}U\u0001aK\u0001sU\u0001bK\u0002s.", // SETITEM
                "(U\u0001aK\u0001U\u0001bK\u0002d.", // DICT
                "ccollections\nOrderedDict\n)R(U\u0001aK\u0001U\u0001bK\u0002u.",
                "ccollections\nOrderedDict\n(]((U\u0001aK\u0001t(U\u0001bK\u0002tetR.", // from a list of pairs
                "U\u000bcollectionsU\u000bOrderedDict\u0093)R(U\u0001aK\u0001U\u0001bK\u0002u.", // STACK_GLOBAL
                "}\u0094U\u0001aK\u0001sU\u0001bK\u0002s0h\u0000.", // MEMOIZE, POP, BINGET
                "}q\u0005U\u0001aK\u0001sU\u0001bK\u0002s}b." // BUILD: attributes are dropped
            })
    void readsDictsOfEverySpelling(String pickle) {
        PickleValue.Dict dict = (PickleValue.Dict) read(pickle);

        assertThat(dict.items)
                .containsExactly(Map.entry("a", new PickleValue.Whole(1)), Map.entry("b", new PickleValue.Whole(2)));
    }

    @Test
    void readsATransposedViewWithAnOffset() {
        PickleValue value = read(tensor("K\u0002", "(K\u0002K\u0003t", "(K\u0001K\u0002t"));

        StoredTensor tensor = ((PickleValue.TensorReference) value).tensor();
        assertThat(tensor.byteOffset()).isEqualTo(64 + 2 * 4);
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.isContiguous()).isFalse();
    }

    static List<Arguments> casesRefusesViewsThatLeaveTheirStorage() {
        return List.of(
                Arguments.of("K\u0000", "(K\u0004K\u0004t", "(K\u0004K\u0001t", "storage size"),
                Arguments.of("K\u0007", "(K\u0006t", "(K\u0001t", "storage size"),
                Arguments.of("J\u00ff\u00ff\u00ff\u00ff", "(K\u0006t", "(K\u0001t", "storage size"),
                Arguments.of("K\u0000", "(K\u0006t", "(K\u0000t", "expanded"),
                Arguments.of("K\u0000", "(K\u0003K\u0003t", "(K\u0001K\u0001t", "expanded"),
                Arguments.of("K\u0000", "(J\u00ff\u00ff\u00ff\u00fft", "(K\u0001t", "negative"),
                Arguments.of("K\u0000", "(K\u0002t", "(K\u0001K\u0001t", "unknown way"),
                Arguments.of(
                        "K\u0000",
                        "(\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fK\u0008t",
                        "(K\u0001K\u0008t",
                        "larger than any file"));
    }

    @ParameterizedTest
    @MethodSource("casesRefusesViewsThatLeaveTheirStorage")
    void refusesViewsThatLeaveTheirStorage(String offset, String sizes, String strides, String reason) {
        assertThatThrownBy(() -> read(tensor(offset, sizes, strides)))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(reason);
    }

    static List<Arguments> casesRefusesWhatAStateDictDoesNotNeed() {
        return List.of(
                Arguments.of("cos\nsystem\n0N.", "os.system"),
                Arguments.of("cbuiltins\neval\n(U\u00011tR.", "builtins.eval"),
                Arguments.of("U\u0002osU\u0006system\u0093.", "os.system"),
                Arguments.of("cnumpy.core.multiarray\n_reconstruct\n.", "numpy.core.multiarray._reconstruct"),
                Arguments.of("ctorch\nFloatStorage\n)R.", "call a storage class"),
                Arguments.of("ccollections\nOrderedDict\n)\u0081.", "opcode 0x81"),
                Arguments.of("(ios\nsystem\n.", "opcode 0x69"),
                Arguments.of("\u0082\u0001.", "opcode 0x82"),
                Arguments.of("I7\n.", "opcode 0x49"),
                Arguments.of("\u0080\u0009N.", "protocol 9"),
                Arguments.of("N}b.", "state of None"),
                Arguments.of("K\u0001)R.", "would call a whole"),
                Arguments.of("}N)s.", "key of a dict"),
                Arguments.of("}K\u0001)(u.", "sets entries of a tuple"),
                Arguments.of("}(K\u0001u.", "without a value"),
                Arguments.of("h\u0007.", "recalls value 7"),
                Arguments.of(".", "more values than there are"),
                Arguments.of("(0.", "more values than there are"),
                Arguments.of("t.", "never opened"),
                Arguments.of("K", "ends in the middle"),
                Arguments.of("cos", "ends in the middle"),
                Arguments.of("X\u00ff\u00ff\u00ff\u007f.", "bytes"),
                Arguments.of("X\u00ff\u00ff\u00ff\u00ff.", "bytes"),
                Arguments.of("\u008b\u00ff\u00ff\u00ff\u007f.", "number"),
                Arguments.of("U\u0007storageQ.", "persistent id"));
    }

    @ParameterizedTest
    @MethodSource("casesRefusesWhatAStateDictDoesNotNeed")
    void refusesWhatAStateDictDoesNotNeed(String pickle, String reason) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("model.pth")
                .hasMessageContaining(reason);
    }

    @Test
    void boundsTheWorkOfRepeatedOpcodes() {
        assertThatThrownBy(() -> read("N" + "q\u0001".repeat(4_000_000) + "."))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("steps");
        String pair = "(U\u0001aK\u0001tq\u0000" + "]q\u0001(" + "h\u0000".repeat(100_000) + "e";
        assertThatThrownBy(() -> read(pair + "ccollections\nOrderedDict\nq\u0002h\u0001\u0085q\u00030"
                        + "h\u0002h\u0003R0".repeat(100_000) + "N."))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("steps");
    }

    @Test
    void survivesDeepAndCyclicData() {
        assertThat(read("]q\u0000h\u0000a.")).isInstanceOf(PickleValue.Sequence.class);
        assertThat(read("]" + "\u0085".repeat(1_000_000) + ".")).isInstanceOf(PickleValue.Tuple.class);
    }

    private static String tensor(String offset, String sizes, String strides) {
        String storage = "(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u000ctQ";
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + offset + sizes + strides
                + "\u0089ccollections\nOrderedDict\n)RtR.";
    }

    private static PickleValue read(String pickle) {
        byte[] bytes = Objects.requireNonNull(pickle).getBytes(StandardCharsets.ISO_8859_1);
        Path file = Path.of("model.pth");
        return new PickleReader(ByteBuffer.wrap(bytes), file + ": r/data.pkl", new TorchStorages(file, "r/", RECORDS))
                .read();
    }
}
