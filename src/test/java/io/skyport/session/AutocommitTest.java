package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.EngineCatalog;
import io.skyport.catalog.ObjectName;
import io.skyport.engine.EngineStream;
import io.skyport.error.ErrorCode;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Isolation;
import io.skyport.sql.OptionNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Queries that commit by themselves and read several databases, of each of which the engine takes a snapshot by itself. */
class AutocommitTest extends SessionTestBase {

    private static final ObjectName U = new ObjectName("other", "main", "u");
    private static final String BOTH = "SELECT t.id FROM t JOIN other.main.u ON t.id = u.id";

    private final List<Started> started = new ArrayList<>();

    private static final class Started implements EngineStream {
        private boolean closed;

        @Override
        public Schema schema() {
            return new Schema(List.of());
        }

        @Override
        public boolean loadNextBatch() {
            return false;
        }

        @Override
        public VectorSchemaRoot root() {
            throw new IllegalStateException();
        }

        @Override
        public void interrupt() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    /** @param changed how many starts of the query see a table change meanwhile */
    private EngineStream start(String sql, Isolation isolation, int changed) {
        return start(new Commits(new EngineCatalog(engine), 0, Duration.ofSeconds(30)), sql, isolation, changed);
    }

    private EngineStream start(Commits commits, String sql, Isolation isolation, int changed) {
        SessionOptions options = SessionOptions.DEFAULT.with(OptionNames.ISOLATION_LEVEL, isolation.name());
        Autocommit autocommit = new Autocommit(
                commits, new OwnConnection(engine, new OwnConnections(engine, 1)), () -> options, statement -> {
                    throw new AssertionError();
                });
        CompiledStatement query = session.describe(sql);
        return autocommit.start(query, never, () -> {
            if (started.size() < changed) {
                commits.versions().writing(Set.of(U), never).close();
            }
            Started stream = new Started();
            started.add(stream);
            return stream;
        });
    }

    private void createOther() {
        run("CREATE DATABASE other");
        run("CREATE TABLE other.main.u (id INTEGER)");
    }

    @Test
    void a_serializable_one_begins_again_if_one_of_its_tables_changed_while_it_began() {
        createOther();
        EngineStream stream = start(BOTH, Isolation.SERIALIZABLE, 1);
        assertThat(started).hasSize(2).last().isSameAs(stream);
        assertThat(started).extracting(each -> each.closed).containsExactly(true, false);
    }

    @Test
    void it_fails_if_somebody_writes_one_of_them_for_long_and_holds_nobody_up_afterwards() {
        createOther();
        Commits commits = new Commits(new EngineCatalog(engine), 0, Duration.ofSeconds(30));
        try (TableVersions.Writing ignored = commits.versions().writing(Set.of(U), never)) {
            assertFails(() -> start(commits, BOTH, Isolation.SERIALIZABLE, 0), ErrorCode.LOCK_NOT_AVAILABLE);
        }
        assertThat(started).hasSize(1).allMatch(each -> each.closed);
        commits.versions().writing(Set.of(U), never).close();
    }

    @Test
    void what_is_behind_a_view_may_be_anything() {
        createOther();
        run("CREATE VIEW v AS " + BOTH);
        assertThat(start("SELECT * FROM v", Isolation.SERIALIZABLE, 1)).isSameAs(started.get(1));
    }

    @Test
    void other_queries_begin_once() {
        createOther();
        assertThat(start(BOTH, Isolation.REPEATABLE_READ, 1)).isSameAs(started.get(0));
        started.clear();
        assertThat(start("SELECT * FROM other.main.u", Isolation.SERIALIZABLE, 1))
                .isSameAs(started.get(0));
    }

    @Test
    void a_serializable_one_never_sees_a_later_change_without_an_earlier_one() throws Exception {
        createOther();
        run("INSERT INTO t VALUES (0, '')");
        run("INSERT INTO other.main.u VALUES (0)");
        run("SET isolation_level = 'serializable'");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; !over.get(); i++) {
                other().update("UPDATE \"default\".main.t SET id = " + i, never);
                other().update("UPDATE other.main.u SET id = " + i, never);
            }
        });
        try {
            for (int i = 0; i < 500; i++) {
                List<Object> seen =
                        rows("SELECT t.id, u.id FROM t, other.main.u").get(0);
                assertThat((Integer) seen.get(0)).isBetween((Integer) seen.get(1), (Integer) seen.get(1) + 1);
            }
        } finally {
            over.set(true);
            writer.get();
        }
    }
}
