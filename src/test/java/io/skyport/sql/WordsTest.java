package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine lets a user call something, a user may call it here: without quotes. */
class WordsTest extends CompilerTestBase {

    /** Words that the engine takes in a place and the grammar does not, with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            // A value of its own to the engine, for which there is no use here.
            "SELECT %s FROM (SELECT 1 AS \"%s\") AS t", "default",
            "SELECT 1 + %s * 2 FROM (SELECT 1 AS \"%s\") AS t WHERE %s = 1 ORDER BY %s", "default",
            // WITH RECURSIVE.
            "WITH %s AS (SELECT 1) SELECT 1", "recursive");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT %s FROM (SELECT 1 AS \"%s\") AS t",
                "SELECT t.%s FROM (SELECT 1 AS \"%s\") AS t",
                "SELECT 1 + %s * 2 FROM (SELECT 1 AS \"%s\") AS t WHERE %s = 1 ORDER BY %s",
                "SELECT 1 AS %s",
                "SELECT 1 %s",
                "SELECT * FROM (SELECT 1 AS a) AS %s",
                "SELECT * FROM (SELECT 1 AS a) %s",
                "SELECT %s.a FROM (SELECT 1 AS a) AS %s",
                "CREATE TABLE words (%s INTEGER)",
                "WITH %s AS (SELECT 1) SELECT 1"
            })
    void a_word_names_what_it_names_in_the_engine(String form) {
        List<String> refused = new ArrayList<>();
        for (String word : column("SELECT keyword_name FROM duckdb_keywords() ORDER BY 1")) {
            String text = form.replace("%s", word);
            if (engineReads(text) && !reads(text)) {
                refused.add(word);
            }
        }
        assertThat(refused)
                .as(form)
                .isSubsetOf(EXCEPTIONS.getOrDefault(form, "").split(" "));
    }

    @Test
    void every_function_of_the_engine_is_called_by_its_name() {
        List<String> refused = new ArrayList<>();
        List<String> names = column("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN"
                + " ('scalar', 'aggregate', 'macro') AND regexp_full_match(function_name, '[A-Za-z_][A-Za-z0-9_]*')"
                + " ORDER BY 1");
        assertThat(names).hasSizeGreaterThan(500);
        for (String name : names) {
            boolean called = reads("SELECT " + name + "(a)") || reads("SELECT " + name + "(a, b)");
            if (!called || !reads("SELECT (a)." + name + "()")) {
                refused.add(name);
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void a_name_may_be_as_long_as_a_user_makes_it() {
        String name = "n".repeat(300);
        run("CREATE TABLE " + name + " (" + name + "_c INTEGER)");
        run("INSERT INTO " + name + " VALUES (1)");
        assertThat(rows("SELECT " + name + "_c AS " + name + "_a, \"" + name + "\"." + name + "_c FROM " + name))
                .containsExactly(List.of("1", "1"));
    }

    private static boolean reads(String text) {
        try {
            SqlText.parse(text);
            return true;
        } catch (SkyportException failure) {
            return false;
        }
    }

    /** The engine reads it, whatever it thinks of it then. */
    private boolean engineReads(String text) {
        try (EngineConnection connection = engine.acquire()) {
            connection.describe(text);
            return true;
        } catch (SkyportException failure) {
            return failure.code() != ErrorCode.SYNTAX_ERROR;
        }
    }

    private List<String> column(String query) {
        try (EngineStream stream = engine.acquire().query(query, List.of())) {
            return rows(stream).stream()
                    .map(row -> Objects.requireNonNull(row.get(0)))
                    .toList();
        }
    }
}
