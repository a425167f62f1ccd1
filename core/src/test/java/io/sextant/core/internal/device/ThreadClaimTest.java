package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadClaimTest {
    @Test
    void isTheLibrarysUntilSomebodyDecides() {
        ThreadClaim claim = new ThreadClaim(8);

        assertThat(claim.count()).isEqualTo(8);
        assertThat(claim.isClaimed()).isFalse();
    }

    @Test
    void theFirstDecidesForAll() {
        ThreadClaim claim = new ThreadClaim(8);

        assertThat(claim.claim(2)).isEqualTo(2);
        assertThat(claim.claim(4)).isEqualTo(2);
        assertThat(claim.count()).isEqualTo(2);
        assertThat(claim.own()).isEqualTo(8);
        assertThat(claim.isClaimed()).isTrue();
    }
}
