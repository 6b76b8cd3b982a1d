package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.DatabaseName;
import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name is a name wherever one goes, whatever is in it: it is made, used, listed and dropped, and nothing else happens. */
class HostileNamesTest extends SessionTestBase {

    private static final List<String> NAMES = List.of(
            "\"; DROP TABLE t; --",
            "'; DROP TABLE t; --",
            "\"\"",
            "'",
            "a.b",
            "a\nb\r\n\tc",
            "/* */ -- $$ \\ ?",
            "SELECT",
            " ",
            "$1",
            "Ünï-\uD83D\uDE00-\u202E",
            "\u0001",
            "%_",
            "{}",
            "x".repeat(1000));

    @AfterEach
    void the_table_is_there() {
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        assertThat(
                        rows(
                                "SELECT table_name FROM information_schema.tables WHERE table_schema NOT LIKE '\\_%' ESCAPE '\\'"))
                .containsExactly(List.of("t"));
    }

    @Test
    void of_tables_and_columns() {
        NAMES.forEach(this::table);
    }

    private void table(String name) {
        run("CREATE TABLE " + quoted(name) + " (" + quoted(name) + " INTEGER PRIMARY KEY, "
                + quoted(name + "2") + " VARCHAR DEFAULT 'd', CONSTRAINT " + quoted(name) + " CHECK (" + quoted(name)
                + " > 0))");
        run("INSERT INTO " + quoted(name) + " (" + quoted(name) + ") VALUES (1)");
        run("UPDATE " + quoted(name) + " SET " + quoted(name + "2") + " = 'e' WHERE " + quoted(name) + " = 1");
        fails("INSERT INTO " + quoted(name) + " VALUES (0, '')", ErrorCode.CHECK_VIOLATION);
        fails("INSERT INTO " + quoted(name) + " VALUES (1, '')", ErrorCode.UNIQUE_VIOLATION);
        assertThat(rows("SELECT " + quoted(name) + " AS " + quoted(name) + ", x." + quoted(name + "2") + " FROM "
                        + quoted(name) + " x"))
                .containsExactly(List.of(1, "e"));
        assertThat(rows("SELECT column_name FROM information_schema.columns WHERE table_name = " + literal(name)
                        + " ORDER BY ordinal_position"))
                .containsExactly(List.of(name), List.of(name + "2"));
        String columns = "SELECT count(*) FROM pragma_table_info(" + literal(quoted(name)) + ")";
        if (name.contains("\"")) {
            fails(columns, ErrorCode.FEATURE_NOT_SUPPORTED);
        } else {
            assertThat(rows(columns)).containsExactly(List.of(2L));
        }
        run("COMMENT ON COLUMN " + quoted(name) + "." + quoted(name) + " IS " + literal(name));
        run("ALTER TABLE " + quoted(name) + " RENAME TO " + quoted(name + "3"));
        run("ALTER TABLE " + quoted(name + "3") + " RENAME COLUMN " + quoted(name + "2") + " TO " + quoted(name + "4"));
        run("DROP TABLE " + quoted(name + "3"));
    }

    @Test
    void of_schemas_views_sequences_and_indexes() {
        NAMES.forEach(this::schema);
    }

    private void schema(String name) {
        String n = quoted(name);
        run("CREATE SCHEMA " + n);
        run("CREATE TABLE " + n + "." + n + " (" + n + " INTEGER)");
        run("CREATE INDEX " + n + " ON " + n + "." + n + " (" + n + ")");
        run("CREATE VIEW " + n + "." + quoted(name + "v") + " (" + n + ") AS SELECT " + n + " FROM " + n + "." + n);
        run("CREATE SEQUENCE " + n + "." + quoted(name + "s"));
        run("INSERT INTO " + n + "." + n + " VALUES (7)");
        assertThat(rows("SELECT " + n + " FROM \"default\"." + n + "." + quoted(name + "v")))
                .containsExactly(List.of(7));
        String next = "SELECT nextval(" + literal(n + "." + quoted(name + "s")) + ")";
        if (name.contains("\"")) {
            fails(next, ErrorCode.FEATURE_NOT_SUPPORTED);
            fails("SELECT NEXT VALUE FOR " + n + "." + quoted(name + "s"), ErrorCode.FEATURE_NOT_SUPPORTED);
        } else {
            assertThat(rows(next)).containsExactly(List.of(1L));
        }
        assertThat(rows("SELECT table_name FROM information_schema.tables WHERE table_schema = " + literal(name)
                        + " ORDER BY 1"))
                .containsExactlyInAnyOrder(List.of(name), List.of(name + "v"));
        run("USE " + n);
        assertThat(rows("SELECT " + n + " FROM " + n)).containsExactly(List.of(7));
        assertThat(rows("SELECT current_schema()")).containsExactly(List.of(name));
        run("USE main");
        run("DROP INDEX " + n + "." + n);
        run("DROP VIEW " + n + "." + quoted(name + "v"));
        run("DROP SEQUENCE " + n + "." + quoted(name + "s"));
        run("DROP SCHEMA " + n + " CASCADE");
    }

    @Test
    void of_types_and_macros() {
        NAMES.forEach(this::type);
    }

    private void type(String name) {
        String n = quoted(name);
        run("CREATE TYPE " + n + " AS ENUM (" + literal(name) + ", 'b')");
        run("CREATE TABLE u (a " + n + ")");
        run("INSERT INTO u VALUES (" + literal(name) + ")");
        assertThat(rows("SELECT a FROM u")).containsExactly(List.of(name));
        run("DROP TABLE u");
        run("DROP TYPE " + n);
        run("CREATE MACRO " + n + "(" + quoted("p" + name) + ") AS " + quoted("p" + name) + " + 1");
        assertThat(rows("SELECT " + n + "(41)")).containsExactly(List.of(42));
        run("DROP MACRO " + n);
    }

    @Test
    void of_what_lives_in_a_session() {
        NAMES.forEach(this::session);
    }

    private void session(String name) {
        String n = quoted(name);
        run("PREPARE " + n + " AS SELECT CAST(? AS INTEGER) + 1");
        assertThat(rows("EXECUTE " + n + "(41)")).containsExactly(List.of(42));
        run("DEALLOCATE " + n);
        fails("EXECUTE " + n + "(1)", ErrorCode.INVALID_STATEMENT_NAME);
        run("BEGIN");
        run("SAVEPOINT " + n);
        run("INSERT INTO t VALUES (1, " + literal(name) + ")");
        run("ROLLBACK TO SAVEPOINT " + n);
        run("RELEASE SAVEPOINT " + n);
        run("COMMIT");
        run("CREATE TEMPORARY TABLE " + quoted("temp" + name) + " AS SELECT 1 AS " + n);
        assertThat(rows("WITH " + n + " AS (SELECT * FROM " + quoted("temp" + name) + ") SELECT " + n + "." + n
                        + " FROM " + n))
                .containsExactly(List.of(1));
        run("DROP TABLE " + quoted("temp" + name));
        session.openCursor("SELECT 1", name, CursorOptions.of(CursorType.STATIC), List.of(), null, never);
        assertThat(session.cursors()).hasSize(1);
        session.closeCursor(name);
    }

    @Test
    void of_users_and_of_options() {
        NAMES.forEach(this::user);
    }

    private void user(String name) {
        Session theirs = sessions.session(name, Set.of(), "token-of-" + name);
        assertThat(theirs.user()).isEqualTo(name);
        assertThat(theirs.update("SET application_name = " + literal(name), never))
                .isNotNegative();
        fails("SET " + quoted(name) + " = 1", ErrorCode.UNDEFINED_OBJECT);
        fails("RESET " + quoted(name), ErrorCode.UNDEFINED_OBJECT);
    }

    @Test
    void of_databases_are_names_of_files_or_refused() {
        NAMES.forEach(this::database);
    }

    private void database(String name) {
        boolean possible = name.equals("SELECT");
        assertThat(name.length() <= DatabaseName.MAX_LENGTH && name.matches("[A-Za-z]+"))
                .isEqualTo(possible);
        if (possible) {
            run("CREATE DATABASE " + quoted(name));
            run("DROP DATABASE " + quoted(name));
        } else {
            fails("CREATE DATABASE " + quoted(name), ErrorCode.INVALID_PARAMETER_VALUE);
            fails("DROP DATABASE " + quoted(name), ErrorCode.INVALID_CATALOG_NAME);
        }
        fails("USE " + quoted("x" + name), ErrorCode.INVALID_CATALOG_NAME);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
