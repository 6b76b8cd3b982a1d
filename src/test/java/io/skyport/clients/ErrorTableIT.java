package io.skyport.clients;

import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which gRPC status, SQLSTATE and place each kind of failure has: conformance section 14, by bare gRPC. */
@ExtendWith(NothingHeld.class)
class ErrorTableIT {

    private static RawFlight flight;

    @BeforeAll
    static void createTables() throws Exception {
        flight = new RawFlight(Endpoint.port());
        for (String sql : new String[] {
            "CREATE SCHEMA IF NOT EXISTS errors",
            "DROP TABLE IF EXISTS errors.child",
            "DROP TABLE IF EXISTS errors.parent",
            "CREATE TABLE errors.parent (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, p INTEGER CHECK (p > 0))",
            "CREATE TABLE errors.child (id INTEGER, parent INTEGER REFERENCES errors.parent (id))",
            "INSERT INTO errors.parent VALUES (1, 1, 1)"
        }) {
            assertThat(update(sql))
                    .satisfies(answer ->
                            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK));
        }
    }

    @AfterAll
    static void disconnect() {
        flight.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1                                             | INVALID_ARGUMENT | 42601 | line 1, column 1",
                "SELECT * FROM nowhere                               | NOT_FOUND        | 42P01 | line 1, column 15",
                "SELECT * FROM nowhere.t                             | NOT_FOUND        | 42P01 | line 1, column 15",
                "SELECT * FROM nowhere.main.t                        | NOT_FOUND        | 42P01 | line 1, column 15",
                "SELECT nothing FROM errors.parent                   | INVALID_ARGUMENT | 42703 | line 1, column 8",
                "SELECT id FROM errors.parent a, errors.parent b     | INVALID_ARGUMENT | 42702 | line 1, column 8",
                "SELECT no_such_function(1)                          | INVALID_ARGUMENT | 42883 | line 1, column 8",
                "SELECT upper(id, id, id) FROM errors.parent         | INVALID_ARGUMENT | 42883 | line 1, column 8",
                "SELECT id, sum(n) FROM errors.parent                | INVALID_ARGUMENT | 42803 | line 1, column 8",
                "SELECT CAST($1 AS INTEGER) + CAST($3 AS INTEGER)    | INVALID_ARGUMENT | 42P02 | ",
            })
    void a_statement_that_does_not_compile(String sql, Code code, String sqlState, String place) throws Exception {
        is(query(sql), code, sqlState, place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE errors.parent (i INTEGER)              | ALREADY_EXISTS      | 42P07",
                "CREATE VIEW errors.parent AS SELECT 1 AS a          | ALREADY_EXISTS      | 42",
                "CREATE SCHEMA errors                                | ALREADY_EXISTS      | 42P06",
                "CREATE TABLE errors.twice (a INTEGER, a INTEGER)    | INVALID_ARGUMENT    | 42701",
                "CREATE TABLE nowhere.t (a INTEGER)                  | NOT_FOUND           | 3F000",
                "CREATE TABLE errors.typed (a NO_SUCH_TYPE)          | NOT_FOUND           | 42704",
                "DROP TABLE errors.nowhere                           | NOT_FOUND           | 42P01",
                "DROP SCHEMA nowhere                                 | NOT_FOUND           | 3F000",
                "DROP TABLE errors.parent                            | FAILED_PRECONDITION | 2BP01",
                "INSERT INTO errors.nowhere VALUES (1)               | NOT_FOUND           | 42P01",
                "INSERT INTO errors.parent (nothing) VALUES (1)      | INVALID_ARGUMENT    | 42703",
                "INSERT INTO errors.parent VALUES (1, 1, 1)          | ALREADY_EXISTS      | 23505",
                "INSERT INTO errors.parent VALUES (2, NULL, 1)       | INVALID_ARGUMENT    | 23502",
                "INSERT INTO errors.parent VALUES (3, 1, -1)         | INVALID_ARGUMENT    | 23514",
                "INSERT INTO errors.child VALUES (1, 99)             | FAILED_PRECONDITION | 23503",
                "UPDATE errors.parent SET nothing = 1                | INVALID_ARGUMENT    | 42703",
                "UPDATE errors.parent SET id = 99999999999           | INVALID_ARGUMENT    | 22003",
                "INSERT INTO errors.child SELECT 1 / 0, 1 % CAST('x' AS INTEGER) | INVALID_ARGUMENT | 22",
            })
    void an_update_that_fails(String sql, Code code, String sqlState) throws Exception {
        is(update(sql), code, sqlState, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT CAST(s AS INTEGER) FROM (VALUES ('x')) AS t(s)   | INVALID_ARGUMENT | 22",
                "SELECT CAST(i AS TINYINT) FROM (VALUES (1000)) AS t(i)  | INVALID_ARGUMENT | 22003",
                "SELECT i + 9223372036854775807 FROM (VALUES (1)) AS t(i) | INVALID_ARGUMENT | 22003",
                "SELECT DATE '2024-13-01'                                | INVALID_ARGUMENT | 2200",
                "SELECT CAST(s AS DATE) FROM (VALUES ('2024-02-30')) AS t(s) | INVALID_ARGUMENT | 22",
            })
    void a_query_that_fails_on_its_data(String sql, Code code, String sqlState) throws Exception {
        Answer<FlightInfo> info = query(sql);
        if (info.code() != Code.OK) {
            is(info, code, sqlState, null);
            return;
        }
        is(
                flight.call(
                        FlightServiceGrpc.getDoGetMethod(),
                        alice(),
                        info.messages().get(0).getEndpoint(0).getTicket()),
                code,
                sqlState,
                null);
    }

    @Test
    void a_failure_with_a_long_text_is_cut_to_four_kibibytes() throws Exception {
        Answer<PutResult> answer =
                update("INSERT INTO errors.child VALUES (CAST('" + "ü".repeat(100_000) + "' AS INTEGER), 1)");

        is(answer, Code.INVALID_ARGUMENT, "22", null);
    }

    @Test
    void a_file_outside_the_allowed_directories_is_refused() throws Exception {
        Answer<FlightInfo> answer = query("SELECT * FROM '/etc/passwd.csv'");

        assertThat(answer.code()).isIn(Code.PERMISSION_DENIED, Code.INVALID_ARGUMENT, Code.NOT_FOUND);
        RawGrpcIT.hasNoStackTrace(answer);
        assertThat(query("SELECT * FROM read_csv('/etc/passwd')").code())
                .isIn(Code.PERMISSION_DENIED, Code.INVALID_ARGUMENT, Code.NOT_FOUND);
    }

    private static void is(Answer<?> answer, Code code, String sqlState, String place) {
        assertThat(answer.code()).as(answer.description()).isEqualTo(code);
        assertThat(answer.trailers().get(Metadata.Key.of("sqlstate", Metadata.ASCII_STRING_MARSHALLER)))
                .as(answer.description())
                .startsWith(sqlState);
        assertThat(answer.description()).contains(sqlState).contains(place == null ? "" : place);
        RawGrpcIT.hasNoStackTrace(answer);
    }

    private static Answer<FlightInfo> query(String sql) throws Exception {
        return flight.call(
                FlightServiceGrpc.getGetFlightInfoMethod(),
                alice(),
                command(CommandStatementQuery.newBuilder().setQuery(sql).build()));
    }

    private static Answer<PutResult> update(String sql) throws Exception {
        return flight.call(
                FlightServiceGrpc.getDoPutMethod(),
                alice(),
                put(command(CommandStatementUpdate.newBuilder().setQuery(sql).build())));
    }
}
