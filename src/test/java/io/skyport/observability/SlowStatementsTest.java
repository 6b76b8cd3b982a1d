package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.skyport.Configured;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.session.Caller;
import io.skyport.session.EngineCall;
import io.skyport.session.FinishedStatement;
import io.skyport.session.FinishedStatement.Times;
import io.skyport.sql.StatementKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SlowStatementsTest {

    private static final String TABLE = "\"default\".\"main\".\"people\"";

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowStatements.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    private DuckDbEngine engine;
    private volatile Instant now = Instant.EPOCH;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        try (EngineConnection connection = engine.acquire()) {
            connection.update("CREATE TABLE " + TABLE + " (name VARCHAR, password VARCHAR)", List.of());
            connection.update("INSERT INTO " + TABLE + " SELECT range, range FROM range(1000)", List.of());
        }
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void close() {
        logger.detachAppender(appender);
        assertThat(engine.activeConnections()).isZero();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    private SlowStatements slow(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("skyport.history.slow-threshold", "1s"));
        all.putAll(values);
        HistoryProperties properties = Configured.as("skyport.history", HistoryProperties.class, all);
        return new SlowStatements(
                        engine,
                        properties,
                        new StatementText(properties.literals(), properties.maxTextLength()),
                        () -> now)
                .started();
    }

    private static FinishedStatement statement(String text, Duration took) {
        return new FinishedStatement(
                "q7",
                "s1",
                "alice",
                Caller.INTERNAL,
                text,
                StatementKind.QUERY,
                null,
                Instant.EPOCH,
                new Times(1_000_000, 2_000_000, 900_000_000, FinishedStatement.NONE, took.toNanos()),
                12,
                345);
    }

    private static EngineCall call(String condition, Object... parameters) {
        return new EngineCall("SELECT count(*) FROM " + TABLE + " WHERE " + condition, Arrays.asList(parameters));
    }

    private void awaitLogged(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> logged.size() >= count);
    }

    @Test
    void a_statement_that_took_long_is_logged_with_its_plan_and_others_are_not() {
        try (SlowStatements slow = slow(Map.of())) {
            slow.statementFinished(statement("SELECT fast", Duration.ofMillis(999)), call("name = $1", "17"));
            slow.statementFinished(
                    statement("SELECT count(*)\nFROM people WHERE name = ?", Duration.ofSeconds(2)),
                    call("name = $1", "17"));
            awaitLogged(1);
        }
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).lines().findFirst().orElseThrow())
                .isEqualTo(
                        "WARN Slow statement q7 of alice (session s1): 2000 ms, of which 1 compiling, 2 waiting, 900 in the"
                                + " engine; success, 12 rows: SELECT count(*) FROM people WHERE name = ?");
        assertThat(logged.get(0)).contains("SEQ_SCAN").contains("name='17'");
        assertThat(logged.get(0).lines().skip(1))
                .allSatisfy(line -> assertThat(line).startsWith("  "));
    }

    @Test
    void literals_are_logged_neither_of_the_text_nor_of_the_plan_if_they_may_not() {
        try (SlowStatements slow = slow(Map.of("skyport.history.literals", false))) {
            slow.statementFinished(
                    statement("SELECT count(*) FROM people WHERE name = 'mine'", Duration.ofSeconds(2)),
                    call("name = 'mine' OR contains(name, 'yours')"));
            awaitLogged(1);
        }
        assertThat(logged.get(0))
                .contains("WHERE name = ?")
                .contains("SEQ_SCAN")
                .doesNotContain("mine")
                .doesNotContain("yours");
    }

    @Test
    void a_secret_is_in_no_plan() {
        try (SlowStatements slow = slow(Map.of())) {
            slow.statementFinished(
                    statement("SELECT 1 FROM people WHERE password = 'hidden'", Duration.ofSeconds(2)),
                    call("password = '17hidden'"));
            awaitLogged(1);
        }
        assertThat(logged.get(0)).contains("SEQ_SCAN").doesNotContain("hidden");
    }

    @Test
    void what_has_no_plan_is_logged_without() {
        try (SlowStatements slow = slow(Map.of())) {
            slow.statementFinished(statement("BEGIN", Duration.ofSeconds(2)), null);
            slow.statementFinished(statement("VACUUM", Duration.ofSeconds(2)), new EngineCall("VACUUM", List.of()));
            slow.statementFinished(
                    statement("gone", Duration.ofSeconds(2)), new EngineCall("SELECT * FROM gone", List.of()));
            slow.statementFinished(statement("large", Duration.ofSeconds(2)), call("name = $1", "x".repeat(10_000)));
            awaitLogged(4);
        }
        assertThat(logged).allSatisfy(line -> assertThat(line).contains("(no plan"));
        assertThat(logged.get(2)).contains("gone does not exist");
    }

    @Test
    void only_so_many_are_logged_in_a_minute_and_how_many_more_there_were_afterwards() {
        try (SlowStatements slow = slow(Map.of("skyport.history.max-slow-per-minute", 2))) {
            for (int i = 0; i < 5; i++) {
                slow.statementFinished(statement("first " + i, Duration.ofSeconds(2)), null);
            }
            awaitLogged(2);
            await().until(() -> {
                now = now.plusSeconds(61);
                slow.statementFinished(statement("later", Duration.ofSeconds(2)), null);
                return logged.stream().anyMatch(line -> line.contains("3 more slow statements were not logged"));
            });
        }
        assertThat(logged.get(0)).contains("first 0");
        assertThat(logged.get(1)).contains("first 1");
        assertThat(logged).noneMatch(line -> line.contains("first 2"));
    }

    @Test
    void nobody_writes_lines_of_the_log_by_what_he_asks() {
        try (SlowStatements slow = slow(Map.of())) {
            slow.statementFinished(
                    statement("SELECT 'x\r\n2026-01-01 ERROR forged\u001b[31m'", Duration.ofSeconds(2)),
                    call("name = 'x\n2026-01-01 ERROR forged'"));
            awaitLogged(1);
        }
        assertThat(logged.get(0).lines())
                .noneMatch(line -> line.startsWith("2026"))
                .noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void it_is_off_with_a_threshold_of_0() {
        try (SlowStatements slow = slow(Map.of("skyport.history.slow-threshold", "0s"))) {
            slow.statementFinished(statement("SELECT", Duration.ofDays(1)), null);
        }
        assertThat(logged).isEmpty();
    }
}
