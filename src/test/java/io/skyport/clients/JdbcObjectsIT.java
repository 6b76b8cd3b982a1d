package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What DDL makes beside tables, as JDBC's metadata shows it. */
@ExtendWith(NothingHeld.class)
class JdbcObjectsIT {

    private static final String SCHEMA = "jdbcobjectsit";

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = Jdbc.connect();
        run("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", "CREATE SCHEMA " + SCHEMA);
    }

    @AfterEach
    void disconnect() throws SQLException {
        run("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", "DROP DATABASE IF EXISTS jdbc_objects");
        connection.close();
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql.replace("$S", SCHEMA));
            }
        }
    }

    private static List<String> column(ResultSet results, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (results) {
            while (results.next()) {
                values.add(String.valueOf(results.getString(name)));
            }
        }
        return values;
    }

    private List<String> query(String sql, String column) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return column(statement.executeQuery(sql.replace("$S", SCHEMA)), column);
        }
    }

    @Test
    void tables_are_listed_with_their_kinds() throws SQLException {
        run(
                "CREATE TABLE $S.t AS SELECT 1 AS a",
                "CREATE VIEW $S.v AS SELECT a FROM $S.t",
                "CREATE MATERIALIZED VIEW $S.m AS SELECT a FROM $S.t");

        assertThat(column(connection.getMetaData().getTableTypes(), "TABLE_TYPE"))
                .contains("TABLE", "VIEW", "MATERIALIZED VIEW");
        assertThat(column(connection.getMetaData().getTables(null, SCHEMA, "%", null), "TABLE_TYPE"))
                .containsExactlyInAnyOrder("TABLE", "VIEW", "MATERIALIZED VIEW");
        assertThat(column(
                        connection.getMetaData().getTables(null, SCHEMA, "%", new String[] {"MATERIALIZED VIEW"}),
                        "TABLE_NAME"))
                .containsExactly("m");
    }

    @Test
    void comments_on_columns_are_remarks() throws SQLException {
        run("CREATE TABLE $S.t (a INTEGER)", "COMMENT ON COLUMN $S.t.a IS 'the first letter'");

        assertThat(column(connection.getMetaData().getColumns(null, SCHEMA, "t", "%"), "REMARKS"))
                .containsExactly("the first letter");
    }

    @Test
    void a_created_database_is_a_catalog_until_it_is_dropped() throws SQLException {
        run("CREATE DATABASE jdbc_objects", "CREATE TABLE jdbc_objects.main.t AS SELECT 42 AS a");

        assertThat(column(connection.getMetaData().getCatalogs(), "TABLE_CAT")).contains("jdbc_objects");
        assertThat(column(connection.getMetaData().getTables("jdbc_objects", null, "%", null), "TABLE_NAME"))
                .containsExactly("t");
        assertThat(query("SELECT a FROM jdbc_objects.t", "a")).containsExactly("42");

        run("DROP DATABASE jdbc_objects");

        assertThat(column(connection.getMetaData().getCatalogs(), "TABLE_CAT")).doesNotContain("jdbc_objects");
        assertThatThrownBy(() -> query("SELECT a FROM jdbc_objects.t", "a")).hasMessageContaining("42P01");
    }

    @Test
    void macros_types_and_sequences_work_over_the_wire() throws SQLException {
        run(
                "CREATE TYPE $S.mood AS ENUM ('sad', 'ok')",
                "CREATE SEQUENCE $S.q START 5",
                "CREATE MACRO $S.twice(x) AS x * 2");

        assertThat(query("SELECT $S.twice(nextval('$S.q')) AS n, 'ok'::$S.mood AS m", "n"))
                .containsExactly("10");
        assertThat(query("SELECT 'ok'::$S.mood AS m", "m")).containsExactly("ok");
    }
}
