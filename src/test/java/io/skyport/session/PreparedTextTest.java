package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.sql.CompiledStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PREPARE, EXECUTE and DEALLOCATE as SQL texts. */
class PreparedTextTest extends SessionTestBase {

    @Test
    void execute_runs_what_prepare_named_with_values_in_place_of_parameters() {
        run("PREPARE by_id AS SELECT name FROM t WHERE id = ?");
        run("PREPARE put(INTEGER, VARCHAR) AS INSERT INTO t VALUES ($1, $2)");

        assertThat(run("EXECUTE put(1, 'a')")).isEqualTo(1);
        assertThat(rows("EXECUTE by_id(1)")).containsExactly(List.of("a"));
        assertThat(rows("execute BY_ID using 1")).containsExactly(List.of("a"));
    }

    @Test
    void the_values_may_be_parameters() {
        run("PREPARE sum_of AS SELECT CAST(? AS INTEGER) + CAST(? AS INTEGER) AS s");

        CompiledStatement statement = session.describe("EXECUTE sum_of(?, 2)");

        assertThat(statement.parameters()).hasSize(1);
        assertThat(statement.parameters().get(0).type().name()).isEqualTo("INTEGER");
    }

    @Test
    void a_declared_type_is_the_values_type() {
        run("PREPARE typed(DECIMAL(10,2)) AS SELECT ? AS x");

        assertThat(session.describe("EXECUTE typed(1)").columns().get(0).type().name())
                .isEqualTo("DECIMAL(10,2)");
    }

    @Test
    void what_is_prepared_is_checked_at_once() {
        fails("PREPARE p AS SELECT nope FROM t", ErrorCode.UNDEFINED_COLUMN, 1, 21);
        fails("PREPARE p AS\n SELECT * FROM nope", ErrorCode.UNDEFINED_TABLE, 2, 16);
        fails("PREPARE p AS CREATE TABLE x (a INTEGER)", ErrorCode.FEATURE_NOT_SUPPORTED, 1, 14);
        fails("EXECUTE p", ErrorCode.INVALID_STATEMENT_NAME, 1, 9);
    }

    @Test
    void a_name_is_free_again_when_deallocated() {
        run("PREPARE p AS SELECT 1 AS x");
        fails("PREPARE P AS SELECT 2 AS x", ErrorCode.DUPLICATE_PREPARED_STATEMENT, 1, 9);

        run("DEALLOCATE p");
        fails("EXECUTE p", ErrorCode.INVALID_STATEMENT_NAME, 1, 9);
        fails("DEALLOCATE p", ErrorCode.INVALID_STATEMENT_NAME, 1, 12);

        run("PREPARE p AS SELECT 2 AS x");
        assertThat(rows("EXECUTE p")).containsExactly(List.of(2));
        run("DEALLOCATE PREPARE ALL");
        fails("EXECUTE p", ErrorCode.INVALID_STATEMENT_NAME, 1, 9);
    }

    @Test
    void the_values_are_as_many_as_the_parameters() {
        run("PREPARE p AS SELECT id FROM t WHERE id = ?");

        fails("EXECUTE p", ErrorCode.PARAMETER_COUNT_MISMATCH, 1, 9);
        fails("EXECUTE p(1, 2)", ErrorCode.PARAMETER_COUNT_MISMATCH, 1, 9);
    }

    @Test
    void a_session_has_no_more_of_them_than_of_the_others() {
        for (int i = 0; i < MAX_PREPARED_STATEMENTS; i++) {
            run("PREPARE p" + i + " AS SELECT 1");
        }

        fails("PREPARE one_more AS SELECT 1", ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
    }

    @Test
    void nobody_else_sees_them() {
        run("PREPARE p AS SELECT 1");

        assertFails(() -> other().describe("EXECUTE p"), ErrorCode.INVALID_STATEMENT_NAME);
    }
}
