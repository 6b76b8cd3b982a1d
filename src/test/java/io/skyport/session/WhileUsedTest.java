package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WhileUsedTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final Set<String> inUse = new HashSet<>();
    private final List<String> givenUp = new ArrayList<>();
    private final WhileUsed<String> kept =
            new WhileUsed<>(Duration.ofSeconds(10), inUse::contains, givenUp::add, now::get);

    private void pass(int seconds) {
        now.addAndGet(seconds * SECOND);
    }

    @Test
    void what_nobody_uses_is_given_up_once() {
        kept.use("a", () -> "A");
        pass(10);
        kept.sweep();
        assertThat(givenUp).isEmpty();
        pass(1);
        kept.sweep();
        kept.sweep();
        assertThat(givenUp).containsExactly("A");
        assertThat(kept.size()).isZero();
    }

    @Test
    void each_use_lets_the_time_begin_anew_and_a_look_does_not() {
        kept.use("a", () -> "A");
        pass(6);
        assertThat(kept.use("a")).contains("A");
        pass(6);
        assertThat(kept.look("a")).contains("A");
        assertThat(kept.use("a", () -> "another")).isEqualTo("A");
        pass(11);
        assertThat(kept.use("a")).isEmpty();
        assertThat(kept.use("a", () -> "another")).isEqualTo("another");
        assertThat(givenUp).containsExactly("A");
    }

    @Test
    void what_is_in_use_stays_however_long_it_takes_and_is_idle_afterwards() {
        kept.use("a", () -> "A");
        inUse.add("A");
        pass(1000);
        kept.sweep();
        assertThat(kept.use("a")).contains("A");
        inUse.clear();
        pass(11);
        kept.sweep();
        assertThat(givenUp).containsExactly("A");
    }

    @Test
    void what_is_taken_away_is_not_given_up() {
        kept.use("a", () -> "A");
        assertThat(kept.remove("a", "another")).isFalse();
        assertThat(kept.remove("a", "A")).isTrue();
        assertThat(kept.remove("a", "A")).isFalse();
        pass(11);
        kept.sweep();
        assertThat(givenUp).isEmpty();
        assertThat(kept.values()).isEmpty();
    }
}
