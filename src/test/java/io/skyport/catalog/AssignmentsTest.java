package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentsTest {

    private static boolean possible(String from, String to) {
        return Assignments.possible(SqlType.parse(from), SqlType.parse(to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BIGINT; TINYINT",
                "BOOLEAN; INTEGER",
                "DOUBLE; DECIMAL(5,2)",
                "UBIGINT; HUGEINT",
                "INTEGER; VARCHAR",
                "VARCHAR; INTEGER",
                "VARCHAR; UUID",
                "UUID; VARCHAR",
                "VARCHAR; ENUM('a', 'b')",
                "VARCHAR; TIMESTAMP",
                "\"NULL\"; INTEGER[]",
                "DATE; TIMESTAMP WITH TIME ZONE",
                "TIMESTAMP_NS; DATE",
                "TIME_NS; TIME",
                "INTERVAL; INTERVAL",
                "BLOB; BLOB",
                "INTEGER[]; BIGINT[3]",
                "INTEGER[2]; VARCHAR[]",
                "STRUCT(B INTEGER); STRUCT(a VARCHAR, b BIGINT)",
                "MAP(INTEGER, INTEGER); MAP(VARCHAR, BIGINT)",
                "UNION(a INTEGER); UNION(a INTEGER, b VARCHAR)"
            })
    void values_are_stored_in_columns_of_their_kind(String from, String to) {
        assertThat(possible(from, to)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INTEGER; BOOLEAN",
                "INTEGER; DATE",
                "DATE; INTEGER",
                "TIMESTAMP; TIME",
                "TIME; TIMESTAMP",
                "INTERVAL; TIME",
                "UUID; INTEGER",
                "BLOB; VARCHAR",
                "VARCHAR; BLOB",
                "VARCHAR; INTEGER[]",
                "INTEGER[]; VARCHAR",
                "INTEGER; INTEGER[]",
                "INTEGER[2]; INTEGER[3]",
                "DATE[]; INTEGER[]",
                "STRUCT(a INTEGER); STRUCT(b INTEGER)",
                "STRUCT(a INTEGER); STRUCT(a DATE)",
                "STRUCT(a INTEGER); MAP(VARCHAR, INTEGER)",
                "MAP(INTEGER, DATE); MAP(INTEGER, INTEGER)",
                "INTEGER; UNION(a INTEGER)"
            })
    void values_of_another_kind_are_not(String from, String to) {
        assertThat(possible(from, to)).isFalse();
    }
}
