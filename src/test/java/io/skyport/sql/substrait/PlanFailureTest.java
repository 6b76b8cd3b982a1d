package io.skyport.sql.substrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class PlanFailureTest {

    @Test
    void what_a_library_throws_is_the_plans_fault() {
        SqlTypeFactoryImpl types = new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT);
        SkyportException told = told(() -> types.createSqlType(SqlTypeName.DECIMAL, 0, 0));

        assertThat(told.code()).isEqualTo(ErrorCode.DATA_EXCEPTION);
        assertThat(told).hasMessageStartingWith("The plan contradicts itself: ");
        assertThat(told.getMessage()).doesNotContain("null");
    }

    @Test
    void what_we_throw_is_our_fault_also_where_the_jdk_throws_it_for_us() {
        for (Runnable bug : List.<Runnable>of(
                () -> Objects.requireNonNull(null),
                () -> List.of().get(1),
                () -> {
                    throw new IllegalArgumentException("a bug");
                },
                () -> List.of().add(null),
                () -> {
                    Object text = "text";
                    ((Integer) text).longValue();
                })) {
            SkyportException told = told(bug);
            assertThat(told.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(told.getMessage()).doesNotContain("a bug");
            assertThat(told.getCause()).isNotNull();
        }
    }

    @Test
    void what_says_what_is_wrong_is_told_as_it_is_however_deep() {
        SkyportException own = new SkyportException(ErrorCode.UNDEFINED_TABLE, "it is not there");

        assertThat(PlanFailure.of(new IllegalStateException(new RuntimeException(own))))
                .isSameAs(own);
    }

    private static SkyportException told(Runnable failing) {
        return PlanFailure.of(catchThrowableOfType(RuntimeException.class, failing::run));
    }
}
