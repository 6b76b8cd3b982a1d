package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanCacheTest {

    private static final SqlContext CONTEXT = new SqlContext("default", "main", Map.of());
    private static final int SIZE = 10;

    private final PlanCache cache = new PlanCache(SIZE);

    private static PlanCache.Key key(String text) {
        return new PlanCache.Key(text, CONTEXT, 1);
    }

    private static CompiledStatement statement(String text) {
        return new CompiledStatement(
                text,
                StatementKind.QUERY,
                text,
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                false,
                null,
                null,
                SourceMap.EMPTY);
    }

    @Test
    void no_more_statements_are_kept_than_configured() {
        for (int i = 0; i < 10 * SIZE; i++) {
            cache.put(key("SELECT " + i), statement("SELECT " + i));
        }
        assertThat(cache.size()).isBetween(1L, (long) SIZE);
    }

    @Test
    void long_statements_count_for_several() {
        String padding = " ".repeat(5 * 4096);
        for (int i = 0; i < SIZE; i++) {
            cache.put(key("SELECT " + i + padding), statement("SELECT " + i));
        }
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void a_cache_of_size_0_keeps_nothing() {
        PlanCache none = new PlanCache(0);
        none.put(key("SELECT 1"), statement("SELECT 1"));
        assertThat(none.get(key("SELECT 1"))).isEmpty();
    }

    @Test
    void a_statement_is_found_only_for_what_it_was_compiled_for() {
        cache.put(key("SELECT 1"), statement("SELECT 1"));

        assertThat(cache.get(key("SELECT 1"))).isPresent();
        assertThat(cache.get(new PlanCache.Key("SELECT 1", CONTEXT, 2))).isEmpty();
        SqlContext elsewhere = new SqlContext("default", "other", Map.of());
        assertThat(cache.get(new PlanCache.Key("SELECT 1", elsewhere, 1))).isEmpty();
    }

    @Test
    void what_execute_runs_makes_a_difference_only_to_those_that_ask_for_it() {
        SqlContext named = CONTEXT.withStatements(Map.of("p", new PreparedText("SELECT 2", List.of())));
        PlanCache.Key query = new PlanCache.Key("SELECT 1", named, 1);
        PlanCache.Key execute = new PlanCache.Key("EXECUTE p", named, 1);
        cache.put(query.withoutNames(), statement("SELECT 1"));
        cache.put(execute, statement("EXECUTE p"));

        assertThat(cache.get(key("SELECT 1"))).isPresent();
        assertThat(cache.get(query)).isPresent();
        assertThat(cache.get(execute)).isPresent();
        long misses = cache.misses();
        assertThat(cache.get(key("EXECUTE p"))).isEmpty();
        assertThat(cache.misses()).isEqualTo(misses + 1);
    }
}
