package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fifty texts that are no statements, and what each way to send them answers. */
@ExtendWith(NothingHeld.class)
class MalformedSqlIT {

    private static RawFlight flight;

    @BeforeAll
    static void connect() {
        flight = new RawFlight(Endpoint.port());
    }

    @AfterAll
    static void disconnect() {
        flight.close();
    }

    static Stream<String> malformed() {
        return Stream.of(
                "SELEC 1",
                "SELECT",
                "SELECT FROM",
                "SELECT 1 +",
                "SELECT 1 1",
                "SELECT (1",
                "SELECT 1)",
                "SELECT ((((((((((1)",
                "SELECT 'abc",
                "SELECT \"abc",
                "SELECT 1 /* never closed",
                "SELECT * FORM t",
                "SELECT * FROM",
                "SELECT * FROM (SELECT 1",
                "SELECT * FROM t WHERE",
                "SELECT * FROM t GROUP",
                "SELECT * FROM t ORDER BY",
                "SELECT * FROM t LIMIT",
                "SELECT * FROM t JOIN",
                "SELECT * FROM t JOIN u ON",
                "SELECT a b c FROM t",
                "SELECT , 1",
                "SELECT 1,, 2",
                "SELECT CASE WHEN TRUE THEN 1",
                "SELECT CAST(1 AS)",
                "SELECT CAST(1 INTEGER)",
                "SELECT f(1,",
                "SELECT 1 BETWEEN 2",
                "SELECT 1 IN",
                "SELECT 1 UNION",
                "WITH t AS SELECT 1",
                "WITH t AS (SELECT 1)",
                "VALUES",
                "VALUES (1,",
                "INSERT t VALUES (1)",
                "INSERT INTO t",
                "INSERT INTO t VALUES",
                "INSERT INTO t (a, VALUES (1)",
                "UPDATE t",
                "UPDATE t SET",
                "UPDATE t SET a",
                "DELETE t",
                "DELETE FROM",
                "CREATE",
                "CREATE TABLE",
                "CREATE TABLE t",
                "CREATE TABLE t (",
                "CREATE TABLE t (a)",
                "CREATE VIEW v",
                "DROP",
                "DROP TABLE",
                "ALTER",
                "COPY t",
                "hello world",
                "1",
                "\u0000",
                "SELECT \u0000",
                "SELECT 1 # comment",
                "\ud83e\udd86",
                "{\"query\": \"SELECT 1\"}",
                "SELECT '" + "x".repeat(100_000),
                "nonsense ".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_statement_is_an_invalid_argument_with_its_place(String sql) throws Exception {
        for (Answer<?> answer : answers(sql)) {
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(answer.description())
                    .containsPattern("line \\d+, column \\d+")
                    .contains("42601");
            RawGrpcIT.hasNoStackTrace(answer);
            assertThat(answer.trailers().get(Metadata.Key.of("sqlstate", Metadata.ASCII_STRING_MARSHALLER)))
                    .isEqualTo("42601");
        }
    }

    @Test
    void a_statement_nested_beyond_reading_is_an_invalid_argument() throws Exception {
        for (Answer<?> answer : answers("SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000))) {
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(answer.description()).contains("54001");
            RawGrpcIT.hasNoStackTrace(answer);
        }
    }

    /** The text by every way that compiles it. */
    private static List<Answer<?>> answers(String sql) throws Exception {
        var query = command(CommandStatementQuery.newBuilder().setQuery(sql).build());
        var prepare =
                ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql).build();
        return List.of(
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), query),
                flight.call(FlightServiceGrpc.getGetSchemaMethod(), alice(), query),
                flight.call(FlightServiceGrpc.getDoActionMethod(), alice(), action("CreatePreparedStatement", prepare)),
                flight.call(
                        FlightServiceGrpc.getDoPutMethod(),
                        alice(),
                        put(command(CommandStatementUpdate.newBuilder()
                                .setQuery(sql)
                                .build()))));
    }
}
