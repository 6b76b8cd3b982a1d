package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nobody waits for others for ever. */
class TableVersionsTest {

    private static final Set<ObjectName> PARENT = Set.of(new ObjectName("default", "main", "parent"));
    private static final Set<ObjectName> CHILD = Set.of(new ObjectName("default", "main", "child"));

    private final Cancellation never = new Cancellation();
    private final TableVersions versions = new TableVersions(Duration.ofMillis(20));

    @Test
    void who_waits_too_long_for_a_writer_is_told_and_keeps_nobody_else_waiting() {
        try (TableVersions.Writing ignored = versions.writing(CHILD, never)) {
            assertTooLong(() -> versions.alone(CHILD, PARENT, never));
        }
        versions.alone(CHILD, PARENT, never).close();
        versions.writing(CHILD, never).close();
    }

    @Test
    void who_waits_too_long_for_a_commit_is_told_and_can_write_when_it_is_over() {
        long before = versions.now();
        try (TableVersions.Writing ignored = versions.committing(PARENT, CHILD, before, never)) {
            assertTooLong(() -> versions.writing(PARENT, never));
        }
        versions.writing(PARENT, never).close();
        assertThat(versions.now()).isGreaterThan(before);
    }

    private static void assertTooLong(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_NOT_AVAILABLE))
                .hasMessageContaining("skyport.session.lock-timeout");
    }
}
