package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelMemoryTest {
    @TempDir
    private Path root;

    @BeforeEach
    void haveAMachineWithAThousandKibibytes() throws IOException {
        write("proc/meminfo", "MemTotal:       2000 kB\nMemAvailable:    1000 kB\n");
    }

    @Test
    void isWhatTheMachineHasWhereNothingLimitsIt() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        assertThat(available()).hasValue(1_024_000);
    }

    @Test
    void isWhatIsLeftOfTheLimitOfAGroup() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/sextant.service\n");
        write("sys/fs/cgroup/system.slice/sextant.service/memory.max", "900000\n");
        write("sys/fs/cgroup/system.slice/sextant.service/memory.current", "600000\n");
        write("sys/fs/cgroup/system.slice/sextant.service/memory.stat", "anon 1\ninactive_file 50000\n");
        assertThat(available()).hasValue(350_000);
    }

    @Test
    void isLimitedByGroupsAboveToo() throws IOException {
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/memory.max", "max\n");
        write("sys/fs/cgroup/a/b/memory.current", "10\n");
        write("sys/fs/cgroup/a/memory.max", "900\n");
        write("sys/fs/cgroup/a/memory.current", "600\n");
        assertThat(available()).hasValue(300);
    }

    @Test
    void findsTheFilesOfAContainerAtTheTop() throws IOException {
        write("proc/self/cgroup", "5:devices:/x\n4:memory:/docker/0123\n0::/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "900000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "600000\n");
        write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 50000\n");
        assertThat(available()).hasValue(350_000);
    }

    @Test
    void isNeverLessThanNothing() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", "5\n");
        write("sys/fs/cgroup/memory.current", "6\n");
        assertThat(available()).hasValue(0);
    }

    @Test
    void isNotKnownWhereTheSystemDoesNotTell() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        assertThat(available()).isEmpty();
        assertThat(new ModelMemory(0, OptionalLong.empty()).isEnough()).isFalse();
    }

    @Test
    void wantsSomeMoreThanIsNeeded() {
        assertThat(new ModelMemory(1000, OptionalLong.of(1000)).isEnough()).isFalse();
        assertThat(new ModelMemory(1000, OptionalLong.of(1150)).isEnough()).isTrue();
    }

    @Test
    void countsWhatOthersWillStillTake() {
        assertThat(new ModelMemory(1000, OptionalLong.of(1200)).without(40).isEnough())
                .isTrue();
        assertThat(new ModelMemory(1000, OptionalLong.of(1200)).without(60).isEnough())
                .isFalse();
        assertThat(new ModelMemory(1000, OptionalLong.of(1200)).without(1300).availableBytes())
                .hasValue(0);
        assertThat(new ModelMemory(1000, OptionalLong.empty()).without(1).isEnough())
                .isFalse();
    }

    @Test
    void countsWeightsAndCache() {
        RandomModelSize size = RandomModelSize.tiny();
        RandomModel.write(root.resolve("tiny"), size, 3);
        ModelSettings settings = ModelSettings.builder(root.resolve("tiny"))
                .device("cpu")
                .precision(Precision.BFLOAT16)
                .build();
        long weights = MemoryNeed.weightBytes(size.dimensions(), Precision.BFLOAT16);
        assertThat(ModelMemory.of(settings).neededBytes()).isEqualTo(weights + (256 << 20));
        assertThat(ModelMemory.of(settings.toBuilder().cacheBytes(1000).build()).neededBytes())
                .isEqualTo(weights + 1000);
        assertThat(ModelMemory.of(settings).availableBytes()).isPresent();
    }

    @Test
    void refusesAFolderThatHoldsNoModel() {
        assertThatThrownBy(() -> ModelMemory.of(ModelSettings.of(root.resolve("none"))))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(root.resolve("none").toString());
    }

    private OptionalLong available() {
        return new AvailableMemory(root).bytes();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
