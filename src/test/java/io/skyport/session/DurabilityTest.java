package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed again and again: what it was told to be done is there, and nothing is half there. */
class DurabilityTest {

    private static final int CYCLES = Integer.getInteger("durability.cycles", 5);

    @TempDir
    Path directory;

    private final long seed = Long.getLong("durability.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Cancellation never = new Cancellation();
    /** What was acknowledged, and not begun to be taken away: {@code item 17}. */
    private final Set<String> there = new HashSet<>();
    /** What was begun to be taken away and not acknowledged. */
    private final Set<String> unsure = new HashSet<>();

    private final Set<String> gone = new HashSet<>();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void what_was_acknowledged_survives_being_killed_and_nothing_is_partial() throws Exception {
        opened(session -> KilledWriters.TABLES.forEach(sql -> session.update(sql, never)));
        int acknowledged = 0;
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            acknowledged += killed(cycle);
            opened(this::check);
        }
        System.out.println("durability.seed=" + seed + ": " + acknowledged + " acknowledged in " + CYCLES + " cycles");
    }

    /** How much was acknowledged. */
    private int killed(int cycle) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriters.class.getName(),
                        directory.toString(),
                        Integer.toString(cycle * KilledWriters.WRITERS * KilledWriters.NUMBERS),
                        Long.toString(random.nextLong()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            int last = 30 + random.nextInt(150);
            List<String> said = new ArrayList<>();
            List<String> other = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("@")) {
                    other.add(line);
                } else if (said.add(line.substring(1)) && said.size() == last) {
                    // SIGKILL; the process's own method would close what it has said as well.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said.size()).as("said before it ended: " + other).isGreaterThanOrEqualTo(last);
            said.forEach(this::note);
            return said.size();
        } finally {
            process.destroyForcibly();
        }
    }

    private void note(String line) {
        assertThat(line).doesNotStartWith("failed");
        if (line.startsWith("taking-")) {
            String what = line.substring("taking-".length());
            assertThat(there.remove(what)).isTrue();
            unsure.add(what);
        } else if (line.startsWith("took-")) {
            String what = line.substring("took-".length());
            unsure.remove(what);
            gone.add(what);
        } else {
            there.add(line);
        }
    }

    private interface Work {
        void in(Session session);
    }

    private void opened(Work work) {
        try (BufferAllocator allocator = new RootAllocator()) {
            DuckDbEngine engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
            Sessions sessions = EmbeddedSessions.over(engine, List.of(), allocator);
            try {
                work.in(sessions.session("alice", Set.of(), "checks"));
            } finally {
                sessions.close();
                engine.close();
            }
        }
    }

    private void check(Session session) {
        assertThat(values(session, "SELECT number FROM item GROUP BY number HAVING count(*) <> " + KilledWriters.ROWS))
                .isEmpty();
        assertThat(values(session, "SELECT number FROM item WHERE number < 0")).isEmpty();
        assertThat(values(session, "SELECT number FROM big GROUP BY number HAVING count(*) <> " + KilledWriters.BIG))
                .isEmpty();
        assertThat(values(session, "SELECT parent FROM child GROUP BY parent HAVING count(*) <> 3"))
                .isEmpty();
        Map<String, String> found = Map.of(
                "item", "SELECT DISTINCT number FROM item",
                "big", "SELECT DISTINCT number FROM big",
                "transfer", "SELECT number FROM transfer",
                "family", "SELECT id FROM parent",
                "made",
                        "SELECT CAST(substr(table_name, 6) AS INTEGER) FROM information_schema.tables"
                                + " WHERE table_name LIKE 'made_%'");
        Set<String> present = new HashSet<>();
        found.forEach((what, sql) -> values(session, sql).forEach(number -> present.add(what + " " + number)));
        assertThat(present).as("durability.seed=" + seed).containsAll(there).doesNotContainAnyElementsOf(gone);
        // What was done and not acknowledged, or begun to be taken away: either is right, and it stays as it is.
        there.addAll(present);
        unsure.stream().filter(what -> !present.contains(what)).forEach(gone::add);
        unsure.clear();
        values(session, found.get("made"))
                .forEach(number -> assertThat(values(session, "SELECT a FROM made_" + number + " ORDER BY a"))
                        .containsExactly(1, 2, 3));
        checkConstraints(session);
    }

    private void checkConstraints(Session session) {
        assertThat(values(session, "SELECT CAST(sum(balance) AS INTEGER) FROM account"))
                .containsExactly(0);
        assertThat(values(session, """
                SELECT id FROM account WHERE balance < -1000 OR balance <>
                (SELECT coalesce(sum(CASE WHEN target = id THEN amount ELSE 0 END
                    - CASE WHEN source = id THEN amount ELSE 0 END), 0) FROM transfer)""")).isEmpty();
        assertThat(values(session, "SELECT parent FROM child WHERE parent NOT IN (SELECT id FROM parent)"))
                .isEmpty();
        assertThat(values(session, "SELECT id FROM parent WHERE id NOT IN (SELECT parent FROM child)"))
                .isEmpty();
        assertThat(values(session, "SELECT CAST(id AS VARCHAR) FROM item GROUP BY id HAVING count(*) > 1"))
                .isEmpty();
        fails(session, "INSERT INTO account VALUES (0, 0)", ErrorCode.UNIQUE_VIOLATION);
        fails(session, "INSERT INTO account VALUES (100, -1001)", ErrorCode.CHECK_VIOLATION);
        fails(session, "INSERT INTO transfer VALUES (-1, 0, 99, 1)", ErrorCode.FOREIGN_KEY_VIOLATION);
        fails(session, "INSERT INTO child VALUES (-1, 1)", ErrorCode.FOREIGN_KEY_VIOLATION);
    }

    private void fails(Session session, String sql, ErrorCode code) {
        SessionTestBase.assertFails(() -> session.update(sql, never), code);
    }

    private List<Object> values(Session session, String sql) {
        return SessionTestBase.rows(session.execute(sql, never)).stream()
                .map(row -> row.get(0))
                .toList();
    }
}
