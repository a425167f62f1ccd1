package io.sextant.core.internal.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.GoldenModel;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.WritableTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
    void readsWhatWasWritten(ElementType type) throws IOException {
        float[] values = {0, 1, -2, 0.5f, 1.5f, -0.25f};
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(
                        WritableTensor.of("none", type, List.of(0L, 4L), TensorValues.of(new float[0])),
                        WritableTensor.of("matrix", type, List.of(2L, 3L), TensorValues.of(values)),
                        WritableTensor.of("scalar", type, List.of(), TensorValues.constant(3))));

        SafetensorsFile read = SafetensorsFile.open(file);

        assertThat(read.tensors().keySet()).containsExactlyInAnyOrder("none", "matrix", "scalar");
        StoredTensor matrix = GoldenModel.tensor(read.tensors(), "matrix");
        assertThat(matrix.shape()).containsExactly(2, 3);
        assertThat(matrix.strides()).containsExactly(3, 1);
        assertThat(matrix.isContiguous()).isTrue();
        assertThat(matrix.type()).isEqualTo(type);
        assertThat(matrix.readFloats()).containsExactly(values);
        assertThat(GoldenModel.tensor(read.tensors(), "scalar").readFloats()).containsExactly(3);
        assertThat(GoldenModel.tensor(read.tensors(), "none").readFloats()).isEmpty();
        read.check(read.tensors().values(), ReadProgress.NONE);
    }

    @Test
    void namesTheTensorThatIsNotFinite() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(
                        WritableTensor.of("fine", ElementType.FLOAT32, List.of(3L), TensorValues.constant(1)),
                        WritableTensor.of("broken", ElementType.FLOAT16, List.of(3L), TensorValues.of(new float[] {
                            1, Float.POSITIVE_INFINITY, 1
                        }))));
        SafetensorsFile read = SafetensorsFile.open(file);

        assertThatThrownBy(() -> read.check(read.tensors().values(), ReadProgress.NONE))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("tensor broken");
        read.check(List.of(GoldenModel.tensor(read.tensors(), "fine")), ReadProgress.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | twice
            {"t":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}} | "t"
            {"t":{"dtype":"F32","shape":[999999999999999999,999999999999999999],"data_offsets":[0,8]}} | 64 bits
            {"t":{"dtype":"F32","shape":[0,999999999999999999,999999999999999999],"data_offsets":[0,0]}} | 64 bits
            {"t":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}} | whole numbers
            {"t":{"dtype":"F32","shape":2,"data_offsets":[0,8]}} | a list
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | data_offsets
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | data_offsets
            {"t":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}} | 16 dimensions
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":1}} | extra
            {"t":{"dtype":"F32","shape":[2]}} | data_offsets
            {"t":{"dtype":4,"shape":[2],"data_offsets":[0,8]}} | dtype
            {"t":null} | "t"
            {"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | size
            {"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | gap
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {} | JSON
            {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},} | JSON
            {"t":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}} | JSON
            {"__metadata__":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]} | JSON
            """)
    void refusesHeadersThatDoNotFit(String header, String reason) throws IOException {
        Path file = withHeader(header.strip());

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason.strip());
    }

    @Test
    void saysWhichFileIsNotThere() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("absent.safetensors")))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("absent.safetensors does not exist");
        assertThatThrownBy(() -> SafetensorsFile.open(folder)).isInstanceOf(ModelFilesException.class);
    }

    private Path withHeader(String header) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text).putLong(0);
        return Files.write(folder.resolve("bad.safetensors"), bytes.array());
    }
}
