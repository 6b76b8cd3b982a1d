package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of statements that give rows: RETURNING itself can have none, for the engine knows none there. */
class ReturnedParametersTest extends SessionTestBase {

    private List<List<Object>> bound(String sql, Object... values) {
        PreparedStatement statement = session.prepare(sql);
        statement.bind(new PreparedStatement.Bound(
                statement.compiled().parameters(), List.of(Arrays.asList(values)), Map.of()));
        List<List<Object>> rows = rows(session.execute(statement, never));
        session.closePreparedStatement(statement.handle());
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET id = id",
                "DELETE FROM t",
                "INSERT INTO t VALUES (1, 'one')",
                "INSERT INTO t VALUES (1, 'one') ON CONFLICT (id) DO UPDATE SET name = 'two'",
                "MERGE INTO t USING (VALUES (1)) AS v(id) ON t.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (1, 'one')"
            })
    void a_parameter_in_returning_is_refused_with_its_place_when_it_is_prepared(String change) {
        for (String expression : List.of("?", "name || ?", "CAST(? AS INTEGER)", "(SELECT max(id) + ? FROM t)")) {
            String sql = change + " RETURNING " + expression;
            assertThatThrownBy(() -> session.prepare(sql))
                    .as(sql)
                    .isInstanceOfSatisfying(SkyportException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
                        assertThat(refusal.position()).contains(new SqlPosition(1, sql.indexOf('?') + 1));
                    });
        }
    }

    @Test
    void null_is_written_and_given_back_by_every_change() {
        run("INSERT INTO t VALUES (1, 'one')");
        List<Object> nothing = Arrays.asList(null, null);
        assertThat(bound("UPDATE t SET name = ? RETURNING name, name || '!'", (Object) null))
                .containsExactly(nothing);
        assertThat(bound("UPDATE t SET name = name || ? RETURNING name, lower(name)", (Object) null))
                .containsExactly(nothing);
        assertThat(bound("INSERT INTO t VALUES (2, ?) RETURNING name, name || '!'", (Object) null))
                .containsExactly(nothing);
        assertThat(bound("INSERT INTO t SELECT 3, ? || 'x' RETURNING name, name || '!'", (Object) null))
                .containsExactly(nothing);
        assertThat(bound("DELETE FROM t WHERE coalesce(?, 'x') = 'x' RETURNING name, name || '!'", (Object) null))
                .containsExactly(nothing, nothing, nothing);
    }
}
