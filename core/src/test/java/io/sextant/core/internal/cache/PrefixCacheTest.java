package io.sextant.core.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
    private static final int SIZE = 4;
    private final BlockPool pool = new BlockPool(11, SIZE);
    private final PrefixCache cache = new PrefixCache(pool);
    private final List<BlockCopy> copies = new ArrayList<>();

    @Test
    void sharesWholeBlocksAndCopiesTheOneThatGoesOnDifferently() {
        Prefix image = computed("image", 6);
        BlockLease lease = cache.lease(cache.ownBlocks(6, 9));

        BlockTable table = BlockTable.fork(lease, image.blocks(), image.length(), copies);
        table.ensure(9);

        assertThat(table.blocks()).hasSize(3);
        assertThat(table.blocks()[0]).isEqualTo(image.blocks()[0]);
        assertThat(table.blocks()[1]).isNotEqualTo(image.blocks()[1]);
        assertThat(copies).containsExactly(new BlockCopy(image.blocks()[1], table.blocks()[1]));
        assertThat(pool.shared()).isEqualTo(1);
        table.close();
        lease.close();
        assertThat(pool.shared()).isZero();
        assertThat(pool.free()).isEqualTo(8);
    }

    @Test
    void letsTheBeginningGoThatWasUsedLongestAgo() {
        Prefix first = computed("first", 12);
        Prefix second = computed("second", 12);
        cache.unuse(first);
        cache.unuse(second);
        assertThat(cache.find(key("first"))).isPresent();

        BlockLease lease = cache.lease(6);

        assertThat(cache.find(key("first"))).isPresent();
        assertThat(cache.find(key("second"))).isEmpty();
        assertThat(cache.evictions()).isEqualTo(1);
        lease.close();
    }

    @Test
    void neverLetsGoWhatIsUsedOrBeginsWhatIsUsed() {
        Prefix image = computed("image", 8);
        Prefix question = cache.add(new PrefixKey(key("image"), List.of("question")), image, 13, copies);
        question.markReady();
        cache.unuse(image);

        assertThat(cache.room()).isEqualTo(10 - 4);
        assertThatThrownBy(() -> cache.lease(7)).isInstanceOf(IllegalStateException.class);
        assertThat(cache.find(key("image"))).isPresent();

        cache.unuse(question);
        assertThat(cache.room()).isEqualTo(10);
        cache.lease(10).close();
        assertThat(cache.size()).isZero();
        assertThat(pool.free()).isEqualTo(10);
    }

    @Test
    void forgetsABeginningThatNobodyWaitsForAnyMore() {
        Prefix image = cache.add(key("image"), null, 6, copies);
        cache.unuse(image);
        assertThat(cache.find(key("image"))).isEmpty();
        assertThat(pool.free()).isEqualTo(10);
    }

    @Test
    void keepsWhatASequenceComputedWhileTheSequenceGoesOn() {
        BlockLease lease = cache.lease(4);
        BlockTable table = BlockTable.empty(lease);
        table.ensure(6);

        cache.keep(key("turn"), null, table.blocks(), 6, lease, copies);
        table.close();
        lease.close();

        assertThat(copies).hasSize(1);
        assertThat(cache.find(key("turn"))).isPresent();
        assertThat(pool.free()).isEqualTo(8);
        assertThat(cache.room()).isEqualTo(10);
        cache.clear();
        assertThat(pool.free()).isEqualTo(10);
    }

    @Test
    void tellsBeginningsApartByAllThatComesBefore() {
        PrefixKey parent = key("a");
        assertThat(new PrefixKey(parent, List.of(1, 2))).isEqualTo(new PrefixKey(key("a"), List.of(1, 2)));
        assertThat(new PrefixKey(parent, List.of(1, 2))).isNotEqualTo(new PrefixKey(key("b"), List.of(1, 2)));
        assertThat(new PrefixKey(null, List.of(1, 2))).isNotEqualTo(new PrefixKey(null, List.of(2, 1)));
    }

    @Test
    void refusesToFreeABlockTwice() {
        int block = pool.take(1)[0];
        pool.release(block);
        assertThatThrownBy(() -> pool.release(block)).hasMessageContaining("is free");
    }

    private Prefix computed(String name, int length) {
        Prefix prefix = cache.add(key(name), null, length, copies);
        copies.clear();
        prefix.markReady();
        return prefix;
    }

    private static PrefixKey key(String name) {
        return new PrefixKey(null, List.of(name));
    }
}
