package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.ResultColumn;
import io.skyport.sql.SourceMap;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ExecutionsTest {

    private static final CompiledStatement STATEMENT = new CompiledStatement(
            "", StatementKind.QUERY, "", List.of(), List.of(), Set.of(), Set.of(), false, null, null, SourceMap.EMPTY);

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
    void what_waits_is_cancelled_at_once_and_frees_what_it_holds() {
        Execution promised = executions.promise(query("alice"));

        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLED);
        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLED);
        assertThat(discarded).isEqualTo(1);
        assertFails(() -> executions.take(promised.handle(), "alice"), ErrorCode.QUERY_CANCELED);
        assertUnknown(promised.handle(), "bob");
    }

    @Test
    void what_is_read_is_interrupted_and_is_cancelled_once_its_reader_has_ended() {
        Execution promised = executions.promise(query("alice"));
        ResultStream reading = executions.take(promised.handle(), "alice").open();

        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLING);
        assertThat(reading.interrupted()).isTrue();
        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLING);
        reading.close();
        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLED);
    }

    @Test
    void what_is_about_to_be_read_is_interrupted_as_soon_as_it_is() {
        Execution promised = executions.promise(query("alice"));
        Execution taken = executions.take(promised.handle(), "alice");

        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLING);
        try (ResultStream reading = taken.open()) {
            assertThat(reading.interrupted()).isTrue();
        }
        assertThat(executions.cancel(promised.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLED);
    }

    @Test
    void what_was_read_or_has_changed_something_cannot_be_cancelled() {
        Execution read = executions.promise(query("alice"));
        Execution change = executions.promise(execution("alice"));
        try (ResultStream reading = executions.take(read.handle(), "alice").open()) {
            while (reading.next()) {}
            assertThat(executions.cancel(read.handle(), "alice")).isEqualTo(CancelOutcome.CANCELLING);
        }

        assertThat(executions.cancel(read.handle(), "alice")).isEqualTo(CancelOutcome.NOT_CANCELLABLE);
        assertThat(executions.cancel(change.handle(), "alice")).isEqualTo(CancelOutcome.NOT_CANCELLABLE);
        assertThat(executions.take(change.handle(), "alice")).isSameAs(change);
    }

    @Test
    void nobody_cancels_what_is_not_his() {
        Execution waiting = executions.promise(query("alice"));
        Execution read = executions.promise(query("alice"));
        executions.take(read.handle(), "alice").open().close();

        assertFails(() -> executions.cancel("x", "alice"), ErrorCode.UNKNOWN_HANDLE);
        assertFails(() -> executions.cancel(waiting.handle(), "bob"), ErrorCode.UNKNOWN_HANDLE);
        assertFails(() -> executions.cancel(read.handle(), "bob"), ErrorCode.UNKNOWN_HANDLE);
        assertThat(executions.take(waiting.handle(), "alice")).isSameAs(waiting);
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
        assertFails(() -> executions.take(handle, user), ErrorCode.UNKNOWN_HANDLE);
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Execution query(String user) {
        return new Execution(user, STATEMENT, Execution.UNKNOWN_COUNT, InterruptedRows::new, () -> discarded++);
    }

    /** No rows, which remember that they were interrupted. */
    private static final class InterruptedRows implements ResultStream {

        private boolean interrupted;

        @Override
        public List<ResultColumn> columns() {
            return List.of();
        }

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public VectorSchemaRoot root() {
            throw new IllegalStateException();
        }

        @Override
        public void interrupt() {
            interrupted = true;
        }

        @Override
        public boolean interrupted() {
            return interrupted;
        }

        @Override
        public void close() {}
    }

    private Execution execution(String user) {
        return new Execution(user, STATEMENT, 0, () -> NoRows.INSTANCE, () -> discarded++);
    }
}
