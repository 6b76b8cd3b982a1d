package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.SqlPosition;
import io.skyport.sql.SqlScript.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

    @Test
    void a_script_is_cut_at_its_semicolons_and_the_last_one_may_lack() {
        assertThat(texts("SELECT 1; SELECT 2 ;\n\nSELECT 3\n")).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    }

    @Test
    void pieces_of_blanks_and_comments_are_left_out() {
        assertThat(texts(" ;; -- nothing; here\n /* nor; here */ ; \n")).isEmpty();
        assertThat(texts("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b'",
                "SELECT 'it''s; fine'",
                "SELECT \"a;b\", \"c\"\";\"",
                "SELECT 1 -- not; here\n+ 1",
                "SELECT 1 /* not; here */ + 1",
                "SELECT 1 -- it's\n+ 1",
                "SELECT $$a;b'$$",
                "SELECT $tag$a;$$;b$tag$",
                "SELECT a$b FROM t WHERE c = $1 AND d$ = $2",
                "SELECT 'open; to the end",
                "SELECT /* open; to the end"
            })
    void a_semicolon_that_ends_no_statement_cuts_nothing(String statement) {
        assertThat(texts(statement + (statement.contains("open") ? "" : "; SELECT 2")))
                .startsWith(statement);
    }

    @Test
    void after_a_quoted_semicolon_the_next_statement_is_found() {
        assertThat(texts("SELECT $$;$$; SELECT ';'; SELECT \";\"; SELECT $1; SELECT a$1; SELECT 6"))
                .hasSize(6);
    }

    @Test
    void positions_in_a_statement_are_found_in_the_script() {
        List<Statement> statements = SqlScript.statements("-- first\nSELECT 1; SELECT\n  oops;\n");

        assertThat(statements.get(0).start()).isEqualTo(new SqlPosition(2, 1));
        assertThat(statements.get(1).start()).isEqualTo(new SqlPosition(2, 11));
        assertThat(statements.get(1).inScript(new SqlPosition(1, 3))).isEqualTo(new SqlPosition(2, 13));
        assertThat(statements.get(1).inScript(new SqlPosition(2, 3))).isEqualTo(new SqlPosition(3, 3));
    }

    private static List<String> texts(String script) {
        return SqlScript.statements(script).stream().map(Statement::text).toList();
    }
}
