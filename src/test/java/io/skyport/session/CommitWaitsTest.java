package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that wait for the commits of others stop when somebody stops them. */
@Timeout(20) // what they would wait without
class CommitWaitsTest extends SessionTestBase {

    private static final Set<ObjectName> T = Set.of(new ObjectName("default", "main", "t"));
    private static final Set<ObjectName> OTHERS = Set.of(new ObjectName("default", "main", "others"));

    private final Cancellation cancellation = new Cancellation();

    /** As long as it is open nobody can write t. */
    private TableVersions.Writing committing() {
        return commits.versions().committing(T, OTHERS, commits.versions().now(), never);
    }

    /** Waits until somebody waits in {@code thread}. */
    private static void awaitWaiting(Thread thread) {
        await().atMost(Duration.ofSeconds(10)).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private CompletableFuture<Void> cancelledWhileItWaits(Runnable statement) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                assertFails(statement::run, ErrorCode.QUERY_CANCELED);
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        thread.start();
        awaitWaiting(thread);
        cancellation.cancel();
        return end;
    }

    @Test
    void a_cancel_ends_an_updates_wait() {
        try (TableVersions.Writing ignored = committing()) {
            cancelledWhileItWaits(() -> session.update("INSERT INTO t VALUES (1, 'one')", cancellation))
                    .join();
        }
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        assertThat(run("INSERT INTO t VALUES (1, 'one')")).isEqualTo(1);
    }

    @Test
    void query_timeout_ends_an_updates_wait() {
        run("SET query_timeout = 0.1");
        try (TableVersions.Writing ignored = committing()) {
            fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.STATEMENT_TIMEOUT);
        }
        run("SET query_timeout = 0");
        assertThat(run("INSERT INTO t VALUES (1, 'one')")).isEqualTo(1);
    }

    @Test
    void a_cancel_ends_the_wait_of_a_statement_that_is_serializable() {
        run("SET isolation_level = 'serializable'");
        run("INSERT INTO t VALUES (1, 'one')");
        try (TableVersions.Writing ignored = committing()) {
            cancelledWhileItWaits(() -> session.update("UPDATE t SET name = name || '!' WHERE id > 0", cancellation))
                    .join();
        }
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("one"));
    }

    @Test
    void a_cancel_ends_the_wait_of_a_commit_which_is_rolled_back() {
        run("CREATE TEMPORARY TABLE mine (a INTEGER)");
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        try (TableVersions.Writing ignored = committing()) {
            cancelledWhileItWaits(() -> session.update("COMMIT", cancellation)).join();
        }
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        assertThat(run("INSERT INTO mine VALUES (1)")).isEqualTo(1);
        assertThat(run("INSERT INTO t VALUES (2, 'two')")).isEqualTo(1);
        assertThat(rows(other().execute("SELECT id FROM t", never))).containsExactly(List.of(2));
    }

    @Test
    void a_cancel_ends_the_wait_of_who_takes_keys_away() {
        run("CREATE TABLE child (id INTEGER REFERENCES t (id))");
        run("INSERT INTO t VALUES (1, 'one')");
        try (TableVersions.Writing ignored = committing()) {
            cancelledWhileItWaits(() -> session.update("DELETE FROM t WHERE id = 1", cancellation))
                    .join();
        }
        assertThat(run("DELETE FROM t WHERE id = 1")).isEqualTo(1);
    }

    @Test
    void a_cancel_ends_the_wait_of_a_query_of_several_databases_for_its_writers() {
        run("SET isolation_level = 'serializable'");
        run("CREATE DATABASE second");
        run("CREATE TABLE second.main.u (id INTEGER)");
        Set<ObjectName> u = Set.of(new ObjectName("second", "main", "u"));
        Execution execution = session.execute("SELECT * FROM t, second.main.u", cancellation);
        try (TableVersions.Writing ignored = commits.versions().writing(u, never);
                ResultStream stream = execution.open()) {
            cancelledWhileItWaits(() -> {
                        try (Cancellation.Registration unused = cancellation.onCancel(stream::interrupt)) {
                            stream.next();
                        }
                    })
                    .join();
        }
    }
}
