package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type as JSON, and back as texts in SQL, as tools that dump and load tables do it. */
class FlydbValuesIT {

    private static SkyportServer server;
    private static FlydbClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
        client = FlydbClient.driver(server);
        client.result("CREATE TYPE mood AS ENUM ('sad', 'happy')");
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOLEAN | TRUE | true",
                "TINYINT | -128 | -128",
                "SMALLINT | 32767 | 32767",
                "INTEGER | -2147483648 | -2147483648",
                "BIGINT | 9223372036854775807 | 9223372036854775807",
                "UTINYINT | 255 | 255",
                "UINTEGER | 4294967295 | 4294967295",
                "UBIGINT | 18446744073709551615 | \"18446744073709551615\"",
                "HUGEINT | -99999999999999999999999999999999999999 | \"-99999999999999999999999999999999999999\"",
                "REAL | 0.1 | 0.1",
                "DOUBLE | 1234567.25 | 1234567.25",
                "DOUBLE | 1.23456725e+06 | 1234567.25",
                "DOUBLE | 'NaN' | \"NaN\"",
                "DOUBLE | '-Infinity' | \"-Infinity\"",
                "DECIMAL(10,2) | 3.14 | \"3.14\"",
                "DECIMAL(4,1) | -0.5 | \"-0.5\"",
                "DECIMAL(38,10) | 1234567890123456789012345678.0123456789 | \"1234567890123456789012345678.0123456789\"",
                "VARCHAR | 'it''s' | \"it's\"",
                "VARCHAR | '' | \"\"",
                "DATE | '2020-02-29' | \"2020-02-29\"",
                "TIME | '23:59:59.25' | \"23:59:59.25\"",
                "TIMESTAMP | '2020-01-02 03:04:05' | \"2020-01-02T03:04:05Z\"",
                "TIMESTAMP | '2020-01-02T03:04:05.120Z' | \"2020-01-02T03:04:05.12Z\"",
                "TIMESTAMP | 'infinity' | \"infinity\"",
                "TIMESTAMP_S | '2020-01-02 03:04:05' | \"2020-01-02T03:04:05Z\"",
                "TIMESTAMP_NS | '2020-01-02 03:04:05.123456789' | \"2020-01-02T03:04:05.123456789Z\"",
                "TIMESTAMP WITH TIME ZONE | '2020-01-02 03:04:05+02:00' | \"2020-01-02T01:04:05Z\"",
                "BLOB | 'AP/+' | \"AP/+\"",
                "UUID | '7b5dd3a8-1b7c-4f6b-9d3e-0a1b2c3d4e5f' | \"7b5dd3a8-1b7c-4f6b-9d3e-0a1b2c3d4e5f\"",
                "JSON | '{\"a\":[1,null]}' | \"{\\\"a\\\":[1,null]}\"",
                "mood | 'happy' | \"happy\"",
                "INTERVAL | '1 year 2 months 3 days 04:05:06' | \"1 year 2 months 3 days 04:05:06\"",
                "INTEGER | NULL | null"
            })
    void a_value_is_sent_exactly_and_its_text_is_taken_back(String type, String literal, String json) {
        client.result("CREATE OR REPLACE TABLE v (x " + type + ")");
        client.result("INSERT INTO v VALUES (" + literal + ")");
        JsonNode sent = client.result("SELECT x FROM v").path("rows").get(0).get(0);

        assertThat(sent.toString()).isEqualTo(json);

        String text = sent.isNull() ? "NULL" : "'" + sent.asText().replace("'", "''") + "'";
        client.result("INSERT INTO v VALUES (" + (sent.isTextual() ? text : sent.asText()) + ")");
        assertThat(client.result("SELECT count(DISTINCT x), count(*) FROM v")
                        .path("rows")
                        .toString())
                .isEqualTo(sent.isNull() ? "[[0,2]]" : "[[1,2]]");
    }

    @Test
    void bytes_are_base64() {
        assertThat(client.result("SELECT encode('aÿ')::BLOB AS b").path("rows").toString())
                .isEqualTo("[[\"YcO/\"]]");
    }

    @Test
    void nested_values_are_texts_of_json() {
        JsonNode row = client.result("SELECT [1, NULL, 3], {'a': 'x', 'b': [DATE '2020-01-01']}, MAP {'k': 1.5}")
                .path("rows")
                .get(0);

        assertThat(row.get(0).asText()).isEqualTo("[1,null,3]");
        assertThat(row.get(1).asText()).isEqualTo("{\"a\":\"x\",\"b\":[\"2020-01-01\"]}");
        assertThat(row.get(2).asText()).isEqualTo("{\"k\":1.5}");
    }

    @Test
    void texts_as_python_drivers_substitute_them_are_taken() {
        client.result("CREATE OR REPLACE TABLE py (n INT, t TEXT, b BOOLEAN, x DOUBLE, at TIMESTAMP, d DECIMAL(10,2))");
        client.result(
                "INSERT INTO py VALUES (-5, 'it''s, \"quoted\"', TRUE, 1e-05, '2024-01-02 03:04:05.678901', '12.34')");
        client.result("INSERT INTO py VALUES (NULL, NULL, FALSE, 1.23456725e+06, NULL, NULL)");

        assertThat(client.result("SELECT * FROM py ORDER BY n NULLS LAST")
                        .path("rows")
                        .toString())
                .isEqualTo("[[-5,\"it's, \\\"quoted\\\"\",true,1.0E-5,\"2024-01-02T03:04:05.678901Z\",\"12.34\"],"
                        + "[null,null,false,1234567.25,null,null]]");
    }
}
