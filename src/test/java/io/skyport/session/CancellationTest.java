package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger interrupts = new AtomicInteger();

    @Test
    void cancelling_interrupts_what_runs() {
        cancellation.onCancel(interrupts::incrementAndGet);

        cancellation.cancel();

        assertThat(interrupts).hasValue(1);
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void what_ended_is_not_interrupted() {
        cancellation.onCancel(interrupts::incrementAndGet).close();

        cancellation.cancel();

        assertThat(interrupts).hasValue(0);
    }

    @Test
    void what_would_start_later_fails_at_once() {
        cancellation.cancel();

        assertThatThrownBy(() -> cancellation.onCancel(interrupts::incrementAndGet))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
    }
}
