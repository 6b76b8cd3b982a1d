package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementParameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParameterValuesTest {

    @Test
    void a_number_becomes_the_parameters_integer_type() {
        assertThat(fit(7L, "INTEGER")).isEqualTo(7);
        assertThat(fit(7L, "TINYINT")).isEqualTo((byte) 7);
        assertThat(fit((byte) 7, "BIGINT")).isEqualTo(7L);
        assertThat(fit(7.0, "SMALLINT")).isEqualTo((short) 7);
        assertThat(fit(new BigDecimal("7.00"), "INTEGER")).isEqualTo(7);
        assertThat(fit(BigInteger.TEN, "DOUBLE")).isEqualTo(10.0);
    }

    @Test
    void other_pairs_are_left_to_the_engine() {
        assertThat(fit("7", "INTEGER")).isEqualTo("7");
        assertThat(fit(7L, "VARCHAR")).isEqualTo(7L);
        assertThat(fit(7L, "DECIMAL(10,2)")).isEqualTo(7L);
        assertThat(fit(null, "INTEGER")).isNull();
    }

    @Test
    void a_number_beyond_the_range_is_refused_naming_the_parameter() {
        assertRefused(300, "TINYINT", ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertRefused(BigInteger.TWO.pow(63), "BIGINT", ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }

    @Test
    void a_fraction_is_not_silently_cut_for_an_integer_parameter() {
        assertRefused(1.5, "INTEGER", ErrorCode.INVALID_PARAMETER_VALUE);
        assertRefused(new BigDecimal("0.1"), "BIGINT", ErrorCode.INVALID_PARAMETER_VALUE);
        assertRefused(Double.NaN, "INTEGER", ErrorCode.INVALID_PARAMETER_VALUE);
    }

    private static void assertRefused(Number value, String type, ErrorCode code) {
        assertThatThrownBy(() -> fit(value, type)).isInstanceOfSatisfying(SkyportException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.text()).contains("$3");
        });
    }

    private static @Nullable Object fit(@Nullable Object value, String type) {
        return ParameterValues.fit(value, new StatementParameter(3, SqlType.parse(type)));
    }
}
