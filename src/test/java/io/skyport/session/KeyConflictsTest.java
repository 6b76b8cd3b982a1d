package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Isolation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Foreign keys that the engine checks, while others write and delete at the same time. */
@Timeout(120)
class KeyConflictsTest extends SessionTestBase {

    private static final int ROUNDS = 60;

    private static final Set<ErrorCode> LOST =
            Set.of(ErrorCode.SERIALIZATION_FAILURE, ErrorCode.FOREIGN_KEY_VIOLATION, ErrorCode.IN_FAILED_TRANSACTION);

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-prepared-statements", 100);
    }

    @BeforeEach
    void tables() {
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY, code INTEGER UNIQUE, name VARCHAR)");
        run("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), name VARCHAR)");
        run("INSERT INTO parent SELECT i, i, 'p' FROM range(1000) AS r(i)");
    }

    private interface Work {
        void run(Session session, int round);
    }

    /** One writes references to a row while the other deletes it, again and again; orphans are what must not come of it. */
    private void race(Work writer, Work deleter) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<Void> writing = racing("writer", barrier, writer);
        CompletableFuture<Void> deleting = racing("deleter", barrier, deleter);
        writing.get(100, TimeUnit.SECONDS);
        deleting.get(100, TimeUnit.SECONDS);
        assertThat(rows("SELECT * FROM child WHERE parent NOT IN (SELECT id FROM parent)"))
                .isEmpty();
    }

    private CompletableFuture<Void> racing(String name, CyclicBarrier barrier, Work work) {
        Session own = sessions.session("alice", Set.of(), name);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        return CompletableFuture.runAsync(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                await(barrier);
                for (int i = random.nextInt(20_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
                try {
                    work.run(own, round);
                } catch (SkyportException e) {
                    assertThat(e.code()).isIn(LOST);
                    rollBack(own);
                }
            }
        });
    }

    private void rollBack(Session own) {
        try {
            long unused = own.update("ROLLBACK", never);
        } catch (SkyportException over) {
            assertThat(over.code()).isEqualTo(ErrorCode.NO_ACTIVE_TRANSACTION);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Work transaction(Isolation isolation, Work work) {
        return (own, round) -> {
            long unused = own.update("BEGIN ISOLATION LEVEL " + isolation.name().replace('_', ' '), never);
            work.run(own, round);
            unused = own.update("COMMIT", never);
        };
    }

    private void insert(Session own, int round) {
        long unused = own.update("INSERT INTO child VALUES (" + round + ", " + round + ", 'c')", never);
    }

    private void delete(Session own, int round) {
        long unused = own.update("DELETE FROM parent WHERE id = " + round, never);
    }

    @ParameterizedTest
    @EnumSource
    void no_transactions_leave_an_orphan(Isolation isolation) throws Exception {
        race(transaction(isolation, this::insert), transaction(isolation, this::delete));
    }

    @Test
    void no_statements_that_commit_by_themselves_leave_an_orphan() throws Exception {
        race(this::insert, this::delete);
    }

    @ParameterizedTest
    @EnumSource
    void a_transaction_and_a_statement_by_itself_leave_no_orphan(Isolation isolation) throws Exception {
        race(transaction(isolation, this::insert), this::delete);
        run("DELETE FROM child");
        run("INSERT OR IGNORE INTO parent SELECT i, i, 'p' FROM range(1000) AS r(i)");
        race(this::insert, transaction(isolation, this::delete));
    }

    /** What the two do is not all right together; whoever commits first wins. */
    private void collide(String first, String second) {
        for (boolean secondCommitsFirst : List.of(true, false)) {
            Transaction one = session.begin();
            Transaction two = session.begin();
            long unused = session.update(first, one, never);
            unused = session.update(second, two, never);
            session.commit(secondCommitsFirst ? two : one);
            assertFails(() -> session.commit(secondCommitsFirst ? one : two), ErrorCode.SERIALIZATION_FAILURE);
            run("DELETE FROM child WHERE id >= 500");
            run("DELETE FROM parent WHERE id >= 1000");
            run("INSERT OR IGNORE INTO parent SELECT i, i, 'p' FROM range(1000) AS r(i)");
        }
    }

    @Test
    void every_statement_that_takes_a_key_away_collides_with_who_references_it() {
        String insert = "INSERT INTO child VALUES (500, 500, 'c')";
        collide(insert, "DELETE FROM parent WHERE id = 500");
        collide(insert, "TRUNCATE parent");
        collide(insert, "UPDATE parent SET id = 2000 WHERE id = 500");
        collide(insert, "MERGE INTO parent USING (SELECT 500 AS id) AS s ON parent.id = s.id WHEN MATCHED THEN DELETE");
    }

    @Test
    void every_statement_that_references_a_row_collides_with_who_deletes_it() {
        run("INSERT INTO child VALUES (1, 1, 'c')");
        String delete = "DELETE FROM parent WHERE id = 500";
        collide("INSERT INTO child SELECT id, id, name FROM parent WHERE id = 500", delete);
        collide(
                "MERGE INTO child USING (SELECT 501 AS id) AS s ON child.id = s.id"
                        + " WHEN NOT MATCHED THEN INSERT VALUES (501, 500, 'm')",
                delete);
        collide("INSERT INTO child VALUES (502, 500, 'c') ON CONFLICT (id) DO NOTHING", delete);
    }

    @Test
    void what_leaves_keys_alone_collides_with_nobody() {
        Transaction one = session.begin();
        Transaction two = session.begin();
        Transaction three = session.begin();
        long unused = session.update("UPDATE parent SET name = 'other' WHERE id = 1", one, never);
        unused = session.update("INSERT INTO parent VALUES (5000, 5000, 'new')", two, never);
        unused = session.update("INSERT INTO child VALUES (1, 2, 'c')", three, never);
        run("INSERT INTO child VALUES (2, 2, 'd')");
        session.commit(three);
        session.commit(one);
        session.commit(two);
        assertThat(rows("SELECT count(*) FROM child")).containsExactly(List.of(2L));
    }

    @Test
    void what_was_undone_collides_with_nobody() {
        Transaction one = session.begin();
        String place = session.savepoint(one, "a");
        long unused = session.update("INSERT INTO child VALUES (1, 1, 'c')", one, never);
        session.rollbackTo(one, place);
        run("DELETE FROM parent WHERE id = 1");
        unused = session.update("INSERT INTO t VALUES (1, 'one')", one, never);
        session.commit(one);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
    }

    @Test
    void a_key_is_also_kept_that_another_transaction_is_about_to_reference_first() {
        Transaction one = session.begin();
        Transaction two = session.begin();
        long unused = session.update("CREATE TABLE later (parent INTEGER REFERENCES parent (id))", one, never);
        unused = session.update("INSERT INTO later VALUES (7)", one, never);
        assertThat(codeOfBoth(
                        () -> session.update("DELETE FROM parent WHERE id = 7", two, never),
                        () -> session.commit(one),
                        () -> session.commit(two)))
                .isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
        session.rollback(one);
        session.rollback(two);
    }

    private static ErrorCode codeOfBoth(Runnable... steps) {
        try {
            for (Runnable step : steps) {
                step.run();
            }
        } catch (SkyportException e) {
            return e.code();
        }
        throw new AssertionError("Nothing failed");
    }
}
