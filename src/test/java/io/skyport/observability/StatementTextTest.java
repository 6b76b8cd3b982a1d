package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    private static final int LONG = 10_000;

    private final StatementText whole = new StatementText(true, LONG);
    private final StatementText bare = new StatementText(false, LONG);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER bob PASSWORD 'hidden1'",
                "ALTER USER bob WITH ENCRYPTED PASSWORD  'hidden1' VALID UNTIL 'x'",
                "CREATE USER bob IDENTIFIED BY 'hidden1'",
                "CREATE USER bob IDENTIFIED WITH sha256_password BY 'hidden1'",
                "ALTER ROLE bob SET password TO 'hidden1'",
                "CREATE SECRET s (TYPE s3, KEY_ID 'hidden1', SECRET 'hidden1', SESSION_TOKEN 'hidden1')",
                "SET s3_secret_access_key = 'hidden1'",
                "SELECT f(password => 'hidden1', api_key := 'it''s hidden1')",
                "SELECT * FROM u WHERE \"password\" = 'hidden1'",
                "ATTACH 'host=h user=u password=hidden1 port=1' AS p",
                "CONNECT 'postgres://bob:hidden1@host/db'",
                "CONNECT 'https://host/x?a=b&token=hidden1&c=d'",
                "SELECT http('x', 'Authorization: Bearer hidden1.abc-DEF')",
                "/* Authorization: Bearer hidden1abcdef */ SELECT 1",
                "CREATE USER bob PASSWORD 'hidden1 is never closed",
                "CREATE USER bob PASSWORD $$hidden1$$",
                "CREATE USER bob PASSWORD\n  /* of his */ 'x' || ''; ALTER USER bob PASSWORD E'hidden1'",
            })
    void secrets_are_never_shown(String sql) {
        assertThat(whole.shown(sql)).doesNotContain("hidden1").contains("***");
        assertThat(bare.shown(sql)).doesNotContain("hidden1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name, 'it''s' FROM t WHERE id = 7 -- all of it",
                "INSERT INTO tokens VALUES ('a', 1.5e-3)",
                "SELECT x'00', $1, $tag$ a ' b $tag$, \"a 'quoted' name\"",
                "",
            })
    void other_texts_stay_as_they_are(String sql) {
        assertThat(whole.shown(sql)).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 'it''s' FROM t1 WHERE a = 7|SELECT ? FROM t1 WHERE a = ?",
                "SELECT 1.5e-3, .5, 0x1F, 1_000, -2|SELECT ?, ?, ?, ?, -?",
                "SELECT x'00', E'a', DATE '2020-01-01'|SELECT ?, ?, DATE ?",
                "SELECT $1, ?, \"a 1 'b'\".c2|SELECT $1, ?, \"a 1 'b'\".c2",
                "SELECT $$a'b$$, $t$ $$ 'x $t$ FROM t|SELECT ?, ? FROM t",
                "SELECT 'open|SELECT ?",
                "SELECT a/* 'x' */b -- 'y'|SELECT a b",
            })
    void literals_and_comments_are_taken_out(String sql, String shown) {
        assertThat(bare.shown(sql).strip()).isEqualTo(shown);
    }

    @Test
    void a_long_text_is_cut_between_characters() {
        StatementText few = new StatementText(true, 8);

        assertThat(few.shown("SELECT a")).isEqualTo("SELECT a");
        assertThat(few.shown("SELECT ab")).isEqualTo("SELECT a...");
        assertThat(few.shown("SELECT 😀, b")).isEqualTo("SELECT ...");
    }

    @Test
    void long_texts_take_no_longer_for_what_they_are_made_of() {
        StatementText much = new StatementText(true, 1_000_000);
        for (String piece :
                new String[] {"'", "''", "password = '", "a", "$", "/*", "--", "bearer ", "://:", "_", "\""}) {
            String text = piece.repeat(500_000 / piece.length());
            org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(20), () -> much.shown(text));
        }
    }
}
