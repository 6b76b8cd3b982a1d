package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.junit.jupiter.api.Test;

/** GetSqlInfo and GetXdbcTypeInfo: conformance sections 5 and 6, by Arrow's Java client. */
class FlightSqlInfoIT extends Connected {

    private static final int STRING = 0;
    private static final int BOOL = 1;
    private static final int BIGINT = 2;
    private static final int BITMASK = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;

    /** The child of the union that clients cast each code's value to. */
    private static int child(int code) {
        return switch (code) {
            case 0, 1, 2, 6, 7, 504, 513, 514, 529, 530, 531 -> STRING;
            case 3,
                    4,
                    5,
                    9,
                    10,
                    11,
                    500,
                    501,
                    502,
                    506,
                    515,
                    516,
                    518,
                    519,
                    520,
                    521,
                    523,
                    524,
                    527,
                    532,
                    536,
                    537,
                    539,
                    556,
                    563,
                    565,
                    566,
                    572,
                    573,
                    574,
                    575,
                    576 -> BOOL;
            case 503, 505, 507, 562 -> BIGINT;
            case 8, 100, 101, 522, 525, 526, 528, 533, 534, 535, 538, 540, 564, 567, 568, 569, 570, 571 -> BITMASK;
            case 508, 509, 510, 511, 512 -> LIST;
            case 517 -> MAP;
            default -> code >= 541 && code <= 561 ? BIGINT : -1;
        };
    }

    private static TreeSet<Integer> standardCodes() {
        TreeSet<Integer> codes = new TreeSet<>();
        IntStream.rangeClosed(0, 11).forEach(codes::add);
        codes.add(100);
        codes.add(101);
        IntStream.rangeClosed(500, 576).forEach(codes::add);
        return codes;
    }

    /** An answer: code to child and value, in the order delivered; a code that comes twice fails. */
    private Map<Integer, Map.Entry<Integer, Object>> values(FlightInfo info) throws Exception {
        Map<Integer, Map.Entry<Integer, Object>> values = new LinkedHashMap<>();
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (stream.next()) {
                UInt4Vector codes = (UInt4Vector) stream.getRoot().getVector("info_name");
                DenseUnionVector union = (DenseUnionVector) stream.getRoot().getVector("value");
                for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
                    Object value = union.getObject(row);
                    var before = values.put(
                            codes.get(row), Map.entry((int) union.getTypeId(row), value == null ? "null" : value));
                    assertThat(before).as("code %s comes twice", codes.get(row)).isNull();
                }
            }
        }
        return values;
    }

    private Map<Integer, Map.Entry<Integer, Object>> infos(int... codes) throws Exception {
        return values(client.getSqlInfo(codes));
    }

    @Test
    void all_standard_codes_come_and_no_others() throws Exception {
        Map<Integer, ?> all = infos();

        TreeSet<Integer> missing = standardCodes();
        missing.removeAll(all.keySet());
        assertThat(missing).isEmpty();
        assertThat(standardCodes()).containsAll(all.keySet());
        // Arrow's JDBC driver fails on numbers its enum does not have.
        assertThat(all.keySet()).allMatch(code -> SqlInfo.forNumber(code) != null);
    }

    @Test
    void every_value_is_in_the_child_that_clients_cast_to() throws Exception {
        infos().forEach((code, value) ->
                assertThat(value.getKey()).as("child of code %s", code).isEqualTo(child(code)));
    }

    @Test
    void the_codes_that_decide_what_drivers_do_are_true() throws Exception {
        Map<Integer, Map.Entry<Integer, Object>> all = infos();

        assertThat(all.get(0).getValue().toString()).containsIgnoringCase("skyport");
        assertThat(all.get(1).getValue().toString()).isNotBlank();
        assertThat(all.get(2).getValue().toString()).isEqualTo("18.3.0");
        assertThat(all.get(3).getValue()).isEqualTo(false);
        assertThat(all.get(4).getValue()).isEqualTo(true);
        assertThat(all.get(5).getValue()).isEqualTo(true);
        assertThat(all.get(6).getValue().toString()).isEqualTo("0.20.0");
        assertThat(all.get(7).getValue().toString()).matches("0\\.\\d+\\.\\d+");
        assertThat(all.get(8).getValue()).isEqualTo(2);
        assertThat(all.get(10).getValue()).isEqualTo(true);
        assertThat(all.get(504).getValue().toString()).isEqualTo("\"");
        assertThat(all.get(513).getValue().toString()).isEqualTo("\\");
        assertThat(all.get(531).getValue().toString()).isNotEmpty();
        assertThat(all.get(563).getValue()).isEqualTo(true);
        assertThat((List<?>) all.get(508).getValue()).isNotEmpty();
        for (int functions = 509; functions <= 512; functions++) {
            assertThat((List<?>) all.get(functions).getValue())
                    .as("code %s", functions)
                    .isNotEmpty();
        }
    }

    @Test
    void one_code_gives_one_row_and_several_give_several() throws Exception {
        assertThat(infos(8)).containsOnlyKeys(8);
        assertThat(infos(0, 517, 508)).containsOnlyKeys(0, 508, 517);
        assertThat(values(client.getSqlInfo(SqlInfo.FLIGHT_SQL_SERVER_NAME))).containsOnlyKeys(0);
    }

    @Test
    void a_code_asked_twice_comes_once_and_an_unknown_one_not_at_all() throws Exception {
        assertThat(infos(3, 3, 3)).containsOnlyKeys(3);
        assertThat(infos(3, 77, 499, 10_000, Integer.MAX_VALUE, -1)).containsOnlyKeys(3);
    }

    @Test
    void types_are_complete_ordered_and_distinct() throws Exception {
        Rows types = read(client.getXdbcTypeInfo());

        assertThat(types.rows())
                .isSortedAccordingTo(Comparator.comparing((List<Object> row) -> (Integer) row.get(1))
                        .thenComparing(row -> (String) row.get(0)))
                .doesNotHaveDuplicates();
        assertThat(types.column("data_type")).contains(-7, -6, -5, 3, 4, 5, 8, 12, 91, 92, 93);
        assertThat(types.column("type_name"))
                .contains(
                        "BOOLEAN",
                        "TINYINT",
                        "SMALLINT",
                        "INTEGER",
                        "BIGINT",
                        "DOUBLE",
                        "VARCHAR",
                        "DATE",
                        "TIME",
                        "TIMESTAMP");
        assertThat(types.column("nullable")).containsOnly(1);
    }

    @Test
    void a_type_has_what_odbc_needs() throws Exception {
        Rows types = read(client.getXdbcTypeInfo());

        Map<String, Object> date = type(types, "DATE");
        assertThat(date)
                .containsEntry("data_type", 91)
                .containsEntry("sql_data_type", 9)
                .containsEntry("datetime_subcode", 1);
        assertThat(date).containsEntry("column_size", 10).containsEntry("num_prec_radix", null);
        Map<String, Object> integer = type(types, "INTEGER");
        assertThat(integer)
                .containsEntry("data_type", 4)
                .containsEntry("sql_data_type", 4)
                .containsEntry("column_size", 10);
        assertThat(integer).containsEntry("unsigned_attribute", false).containsEntry("num_prec_radix", 10);
        Map<String, Object> text = type(types, "VARCHAR");
        assertThat(text)
                .containsEntry("literal_prefix", "'")
                .containsEntry("literal_suffix", "'")
                .containsEntry("case_sensitive", true);
        assertThat(text).containsEntry("unsigned_attribute", null).containsEntry("auto_increment", null);
        Map<String, Object> decimal = type(types, "DECIMAL");
        assertThat(decimal).containsEntry("minimum_scale", 0).containsEntry("maximum_scale", 38);
        assertThat(decimal.get("create_params").toString())
                .contains("precision")
                .contains("scale");
    }

    private static Map<String, Object> type(Rows types, String name) {
        int index = types.column("type_name").indexOf(name);
        assertThat(index).as(name).isNotNegative();
        Map<String, Object> type = new LinkedHashMap<>();
        types.schema()
                .getFields()
                .forEach(field ->
                        type.put(field.getName(), types.column(field.getName()).get(index)));
        return type;
    }

    @Test
    void types_are_filtered_by_their_code() throws Exception {
        List<List<Object>> all = read(client.getXdbcTypeInfo()).rows();

        for (int code : new int[] {4, 12, 93, -5}) {
            List<List<Object>> expected = new ArrayList<>(all);
            expected.removeIf(row -> !row.get(1).equals(code));
            assertThat(expected).isNotEmpty();
            assertThat(read(client.getXdbcTypeInfo(code)).rows()).isEqualTo(expected);
        }
        assertThat(read(client.getXdbcTypeInfo(0)).rows()).isEmpty();
        assertThat(all.get(0)).hasSize(19);
    }
}
