package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "UHUGEINT",
                "DECIMAL(38,10)",
                "TIMESTAMP WITH TIME ZONE",
                "TIME WITH TIME ZONE",
                "\"NULL\"",
                "\"NULL\"[]",
                "INTEGER[]",
                "INTEGER[3][][2]",
                "ENUM('a', 'it''s', 'x, y', '')",
                "ENUM('a')[]",
                "STRUCT(a INTEGER, \"b c\" VARCHAR[], \"q\"\"x\" DATE)",
                "STRUCT(INTEGER, TIMESTAMP WITH TIME ZONE, DECIMAL(4,1), UUID[], \"NULL\")",
                "STRUCT(\"time\" TIME WITH TIME ZONE, t TIMESTAMP, s STRUCT(\"ünï\" ENUM('x')))",
                "STRUCT(STRUCT(INTEGER))",
                "MAP(VARCHAR, DECIMAL(10,2)[])",
                "MAP(STRUCT(a INTEGER), MAP(INTEGER, INTEGER)[2])",
                "UNION(k INTEGER, s VARCHAR)",
                "mood",
                "\"My Type\"",
                "main.mood",
                "RASTER('a', 1)",
            })
    void the_engines_names_survive_parsing(String name) {
        SqlType type = SqlType.parse(name);

        assertThat(type.name()).isEqualTo(name);
        assertThat(SqlType.parse(type.name())).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(ScalarType.class)
    void every_name_of_the_table_means_its_row(ScalarType row) {
        assertThat(SqlType.parse(row.sqlName()).baseName()).isEqualTo(row.sqlName());
        assertThat(row.aliases())
                .allSatisfy(alias -> assertThat(SqlType.parse(alias.toLowerCase(java.util.Locale.ROOT))
                                .baseName())
                        .isEqualTo(row.sqlName()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`decimal(10)`, `DECIMAL(10,0)`",
                "`NUMERIC( 10 , 2 )`, `DECIMAL(10,2)`",
                "`decimal`, `DECIMAL(18,3)`",
                "`varchar(20)`, VARCHAR",
                "`character varying(20)`, VARCHAR",
                "`double precision`, DOUBLE",
                "`timestamp(0)`, TIMESTAMP_S",
                "`timestamp(3)`, TIMESTAMP_MS",
                "`timestamp(6)`, TIMESTAMP",
                "`timestamp(9)`, TIMESTAMP_NS",
                "`row(a int)`, `STRUCT(a INTEGER)`",
                "` map( int , struct( x text )[ ] ) `, `MAP(INTEGER, STRUCT(x VARCHAR)[])`",
            })
    void other_spellings_mean_the_canonical_type(String spelling, String canonical) {
        assertThat(SqlType.parse(spelling).name()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "INTEGER, INTEGER",
                "UTINYINT, SMALLINT",
                "USMALLINT, INTEGER",
                "UINTEGER, BIGINT",
                "UBIGINT, `DECIMAL(20,0)`",
                "HUGEINT, `DECIMAL(38,0)`",
                "UHUGEINT, `DECIMAL(38,0)`",
                "UUID, VARCHAR",
                "TIME WITH TIME ZONE, VARCHAR",
                "BIT, VARCHAR",
                "BIGNUM, VARCHAR",
                "JSON, VARCHAR",
                "GEOMETRY, VARCHAR",
                "VARIANT, VARCHAR",
                "ENUM, VARCHAR",
                "mood, VARCHAR",
                "`ENUM('a')[]`, VARCHAR[]",
                "`UNION(a UUID)`, VARCHAR",
                "\"NULL\", INTEGER",
                "\"NULL\"[], INTEGER[]",
                "UUID[][3], VARCHAR[][3]",
                "`MAP(UUID, STRUCT(a HUGEINT, \"b c\" JSON[]))`, `MAP(VARCHAR, STRUCT(a DECIMAL(38,0), \"b c\" VARCHAR[]))`",
                "`STRUCT(INTEGER, UUID)`, `STRUCT(f1 INTEGER, f2 VARCHAR)`",
            })
    void types_that_not_every_client_reads_travel_as_others(String type, String wire) {
        SqlType wireType = SqlType.parse(type).wireType();

        assertThat(wireType.name()).isEqualTo(wire);
        assertThat(wireType.wireType()).isEqualTo(wireType);
        assertThat(SqlType.parse(type).arrowField("x", true, Map.of()))
                .isEqualTo(wireType.arrowField("x", true, Map.of()));
    }

    @Test
    void a_field_has_the_name_nullability_and_metadata_asked_for() {
        Field field = SqlType.parse("UUID").arrowField("id", false, Map.of("k", "v"));

        assertThat(field.getName()).isEqualTo("id");
        assertThat(field.isNullable()).isFalse();
        assertThat(field.getMetadata()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "BOOLEAN, -7, 1, 0, 5",
                "SMALLINT, 5, 5, 0, 6",
                "INTEGER, 4, 10, 0, 11",
                "BIGINT, -5, 19, 0, 20",
                "`DECIMAL(15,2)`, 3, 15, 2, 17",
                "`DECIMAL(2,2)`, 3, 2, 2, 5",
                "`DECIMAL(9,0)`, 3, 9, 0, 10",
                "FLOAT, 7, 7, 0, 14",
                "DOUBLE, 8, 15, 0, 24",
                "VARCHAR, 12, 2147483647, 0, 0",
                "BLOB, -4, 2147483647, 0, 0",
                "DATE, 91, 10, 0, 10",
                "TIME, 92, 15, 6, 15",
                "TIMESTAMP, 93, 26, 6, 26",
                "TIMESTAMP_S, 93, 19, 0, 19",
                "TIMESTAMP WITH TIME ZONE, 93, 32, 6, 32",
                "INTERVAL, 10, 0, 6, 71",
                "UUID, 12, 36, 0, 36",
                "`ENUM('ab', 'c')`, 12, 2, 0, 2",
                "INTEGER[], 0, 0, 0, 0",
            })
    void codes_and_sizes_are_those_of_jdbc_and_odbc(String name, int xdbc, int precision, int scale, int display) {
        SqlType type = SqlType.parse(name);

        assertThat(type.xdbcType()).isEqualTo(xdbc);
        assertThat(type.precision()).isEqualTo(precision);
        assertThat(type.scale()).isEqualTo(scale);
        assertThat(type.displaySize()).isEqualTo(display);
    }

    @Test
    void what_a_type_says_of_itself_fits_its_wire_type() {
        for (ScalarType row : ScalarType.values()) {
            SqlType type = SqlTypes.of(row);
            assertThat(type.xdbcType())
                    .as(type.name())
                    .isEqualTo(type.wireType().xdbcType());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "INTEGER[",
                "INTEGER]",
                "INTEGER[x]",
                "STRUCT(",
                "STRUCT()",
                "MAP(INTEGER)",
                "ENUM('a",
                "ENUM(a)",
                "DECIMAL(39,0)",
                "DECIMAL(3,4)",
                "DECIMAL(x)",
                "a;b",
                "\"a",
                "STRUCT(a INTEGER",
                "UNION(a INTEGER))",
                "DECIMAL(99999999999,1)"
            })
    void what_is_no_type_name_is_refused(String text) {
        assertThatThrownBy(() -> SqlType.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nesting_is_bounded() {
        int most = SqlTypes.MAX_NESTING - 1;
        assertThat(SqlType.parse("INTEGER" + "[]".repeat(most)).name()).hasSize(7 + 2 * most);

        assertThatThrownBy(() -> SqlType.parse("INTEGER" + "[]".repeat(100_000)))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX));
        assertThatThrownBy(() -> SqlType.parse("STRUCT(a ".repeat(100_000) + "INTEGER"))
                .isInstanceOf(SkyportException.class);
    }
}
