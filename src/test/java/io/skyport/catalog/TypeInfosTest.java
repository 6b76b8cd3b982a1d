package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeInfosTest {

    @Test
    void rows_are_distinct_and_ordered_by_code_then_name() {
        assertThat(TypeInfos.all())
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparingInt(TypeInfo::dataType).thenComparing(TypeInfo::typeName));
        assertThat(TypeInfos.all()).extracting(TypeInfo::typeName).doesNotHaveDuplicates();
    }

    @Test
    void every_code_of_the_standards_types_has_a_row() {
        assertThat(TypeInfos.all())
                .extracting(TypeInfo::dataType)
                .contains(-7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 91, 92, 93);
    }

    @Test
    void a_column_of_any_type_finds_its_row_by_name_and_code() {
        for (ScalarType row : ScalarType.values()) {
            if (row == ScalarType.NULL) {
                continue;
            }
            SqlType type = SqlTypes.of(row);
            assertThat(TypeInfos.ofDataType(type.xdbcType()))
                    .extracting(TypeInfo::typeName)
                    .contains(type.baseName());
        }
    }

    @Test
    void only_rows_of_the_code_asked_for_are_told() {
        assertThat(TypeInfos.ofDataType(4)).extracting(TypeInfo::typeName).containsExactly("INTEGER", "USMALLINT");
        assertThat(TypeInfos.ofDataType(0)).isEmpty();
    }

    @Test
    void rows_say_what_the_standard_asks() {
        assertThat(row("INTEGER"))
                .isEqualTo(new TypeInfo(
                        "INTEGER", 4, 10, null, null, null, 1, false, 2, false, false, false, "INTEGER", 0, 0, 4, null,
                        10, null));
        assertThat(row("NUMERIC"))
                .isEqualTo(new TypeInfo(
                        "NUMERIC",
                        2,
                        38,
                        null,
                        null,
                        List.of("precision", "scale"),
                        1,
                        false,
                        2,
                        false,
                        false,
                        false,
                        "NUMERIC",
                        0,
                        38,
                        2,
                        null,
                        10,
                        null));
        assertThat(row("VARCHAR"))
                .isEqualTo(new TypeInfo(
                        "VARCHAR",
                        12,
                        Integer.MAX_VALUE,
                        "'",
                        "'",
                        List.of("length"),
                        1,
                        true,
                        3,
                        null,
                        false,
                        null,
                        "VARCHAR",
                        null,
                        null,
                        12,
                        null,
                        null,
                        null));
        assertThat(row("TIMESTAMP WITH TIME ZONE"))
                .isEqualTo(new TypeInfo(
                        "TIMESTAMP WITH TIME ZONE",
                        93,
                        32,
                        "'",
                        "'",
                        null,
                        1,
                        false,
                        2,
                        null,
                        false,
                        null,
                        "TIMESTAMP WITH TIME ZONE",
                        6,
                        6,
                        9,
                        5,
                        null,
                        null));
        assertThat(row("BLOB").searchable()).isZero();
        assertThat(row("UBIGINT").unsignedAttribute()).isTrue();
        assertThat(row("BOOLEAN").numPrecRadix()).isNull();
        assertThat(row("DATE").datetimeSubcode()).isEqualTo(1);
        assertThat(row("TIME").sqlDataType()).isEqualTo(9);
        assertThat(row("INTERVAL").sqlDataType()).isEqualTo(10);
        assertThat(row("INTERVAL").intervalPrecision()).isEqualTo(10);
    }

    private static TypeInfo row(String name) {
        return TypeInfos.all().stream()
                .filter(info -> info.typeName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
