package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionsTest {

    private final Executions executions = new Executions(2, Duration.ofMinutes(1));
    private volatile int discarded;

    @Test
    void an_execution_can_be_taken_once() {
        Execution promised = executions.promise(execution("alice"));

        assertThat(executions.take(promised.handle(), "alice")).isSameAs(promised);
        assertUnknown(promised.handle(), "alice");
    }

    @Test
    void somebody_else_cannot_take_it_nor_spoil_it() {
        Execution promised = executions.promise(execution("alice"));

        assertUnknown(promised.handle(), "bob");
        assertThat(executions.take(promised.handle(), "alice")).isSameAs(promised);
    }

    @Test
    void a_handle_that_was_never_issued_is_unknown() {
        assertUnknown("x", "alice");
    }

    @Test
    void beyond_the_limit_a_promise_is_refused_until_one_is_taken() {
        Execution first = executions.promise(execution("alice"));
        executions.promise(execution("alice"));

        assertThatThrownBy(() -> executions.promise(execution("alice")))
                .isInstanceOfSatisfying(SkyportException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
                    assertThat(e.text()).contains("skyport.session.max-open-results");
                });

        executions.take(first.handle(), "alice");
        executions.promise(execution("alice"));
    }

    @Test
    void an_execution_expires() {
        Executions impatient = new Executions(2, Duration.ZERO);
        Execution promised = impatient.promise(execution("alice"));

        assertThatThrownBy(() -> impatient.take(promised.handle(), "alice")).isInstanceOf(SkyportException.class);
    }

    @Test
    void what_an_execution_holds_is_freed_when_it_expires_or_is_refused_or_nobody_can_take_it_any_more() {
        Executions impatient = new Executions(2, Duration.ZERO);
        impatient.promise(execution("alice"));
        impatient.size();
        impatient.close();
        assertThat(discarded).isEqualTo(1);

        Execution taken = executions.promise(execution("alice"));
        executions.promise(execution("alice"));
        assertThatThrownBy(() -> executions.promise(execution("alice"))).isInstanceOf(SkyportException.class);
        assertThat(discarded).isEqualTo(2);
        executions.take(taken.handle(), "alice");
        executions.close();
        assertThat(discarded).isEqualTo(3);
    }

    @Test
    void handles_are_ascii_and_never_repeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String handle = Handles.next();
            assertThat(handle).matches("[A-Za-z0-9_-]{24}");
            assertThat(seen.add(handle)).isTrue();
        }
    }

    private void assertUnknown(String handle, String user) {
        assertThatThrownBy(() -> executions.take(handle, user))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_HANDLE));
    }

    private Execution execution(String user) {
        return new Execution(user, List.of(), 0, () -> NoRows.INSTANCE, () -> discarded++);
    }
}
