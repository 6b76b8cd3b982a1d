package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.skyport.error.SkyportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataCommandsTest {

    private final MetadataCommands metadata = new MetadataCommands(
            new SqlInfo("1", "18", java.time.Duration.ofHours(1), java.time.Duration.ofMinutes(10)));

    static Stream<Message> commands() {
        return Stream.of(
                CommandGetCatalogs.getDefaultInstance(),
                CommandGetDbSchemas.getDefaultInstance(),
                CommandGetTables.getDefaultInstance(),
                CommandGetTables.newBuilder().setIncludeSchema(true).build(),
                CommandGetTableTypes.getDefaultInstance(),
                CommandGetPrimaryKeys.newBuilder().setTable("orders").build(),
                CommandGetExportedKeys.newBuilder().setTable("customers").build(),
                CommandGetImportedKeys.newBuilder().setTable("orders").build(),
                CommandGetCrossReference.newBuilder()
                        .setPkTable("customers")
                        .setFkTable("orders")
                        .build(),
                CommandGetSqlInfo.getDefaultInstance(),
                CommandGetXdbcTypeInfo.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_answer_has_the_announced_schema_and_rows_of_its_width(Message command) {
        Answer answer = metadata.answer(command, FakeCatalog.shop().snapshot()).orElseThrow();

        assertThat(answer.schema()).isEqualTo(metadata.schema(command).orElseThrow());
        assertThat(answer.rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(answer.schema().getFields()));
    }

    @Test
    void columns_that_may_not_be_null_say_so() {
        assertThat(nonNullable(CommandGetCatalogs.getDefaultInstance())).containsExactly("catalog_name");
        assertThat(nonNullable(CommandGetDbSchemas.getDefaultInstance())).containsExactly("db_schema_name");
        assertThat(nonNullable(
                        CommandGetTables.newBuilder().setIncludeSchema(true).build()))
                .containsExactly("table_name", "table_type", "table_schema");
        assertThat(nonNullable(CommandGetPrimaryKeys.getDefaultInstance()))
                .containsExactly("table_name", "column_name", "key_sequence");
        assertThat(nonNullable(CommandGetImportedKeys.getDefaultInstance()))
                .containsExactly(
                        "pk_table_name",
                        "pk_column_name",
                        "fk_table_name",
                        "fk_column_name",
                        "key_sequence",
                        "update_rule",
                        "delete_rule");
    }

    @Test
    void the_sequence_of_a_primary_key_comes_before_its_name() {
        assertThat(names(CommandGetPrimaryKeys.getDefaultInstance()))
                .containsExactly(
                        "catalog_name", "db_schema_name", "table_name", "column_name", "key_sequence", "key_name");
    }

    @Test
    void the_rules_of_foreign_keys_are_unsigned_bytes() {
        Schema schema =
                metadata.schema(CommandGetExportedKeys.getDefaultInstance()).orElseThrow();

        assertThat(schema.findField("update_rule").getType()).isEqualTo(new ArrowType.Int(8, false));
        assertThat(schema.findField("delete_rule").getType()).isEqualTo(new ArrowType.Int(8, false));
    }

    @Test
    void catalogs_are_ordered_by_name() {
        assertThat(rows(CommandGetCatalogs.getDefaultInstance())).containsExactly(List.of("archive"), List.of("shop"));
    }

    @Test
    void schemas_are_filtered_by_exact_catalog_and_by_pattern() {
        assertThat(rows(CommandGetDbSchemas.getDefaultInstance()))
                .containsExactly(List.of("archive", "main"), List.of("shop", "main"), List.of("shop", "reports"));
        assertThat(rows(CommandGetDbSchemas.newBuilder().setCatalog("shop").build()))
                .containsExactly(List.of("shop", "main"), List.of("shop", "reports"));
        assertThat(rows(CommandGetDbSchemas.newBuilder().setCatalog("SHOP").build()))
                .isEmpty();
        assertThat(rows(CommandGetDbSchemas.newBuilder().setCatalog("").build()))
                .isEmpty();
        assertThat(rows(CommandGetDbSchemas.newBuilder()
                        .setDbSchemaFilterPattern("re%")
                        .build()))
                .containsExactly(List.of("shop", "reports"));
        assertThat(rows(CommandGetDbSchemas.newBuilder()
                        .setDbSchemaFilterPattern("")
                        .build()))
                .isEmpty();
    }

    @Test
    void tables_are_ordered_by_catalog_schema_and_name() {
        assertThat(tableNames(CommandGetTables.newBuilder())).containsExactly("customers", "orders", "a.b", "a_b");
    }

    @Test
    void a_table_pattern_knows_wildcards_and_escapes_and_nothing_else() {
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("a_b")))
                .containsExactly("a.b", "a_b");
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("a\\_b")))
                .containsExactly("a_b");
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("a.b")))
                .containsExactly("a.b");
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("%s")))
                .containsExactly("customers", "orders");
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("ORDERS")))
                .isEmpty();
        assertThat(tableNames(CommandGetTables.newBuilder().setTableNameFilterPattern("")))
                .isEmpty();
    }

    @Test
    void table_types_filter_exactly_and_an_unknown_type_gives_no_rows() {
        assertThat(tableNames(CommandGetTables.newBuilder().addTableTypes("VIEW")))
                .containsExactly("a_b");
        assertThat(tableNames(CommandGetTables.newBuilder().addTableTypes("view")))
                .isEmpty();
        assertThat(tableNames(CommandGetTables.newBuilder().addTableTypes("SYNONYM")))
                .isEmpty();
    }

    @Test
    void a_table_schema_is_an_encapsulated_message_with_real_nullability_and_metadata() throws IOException {
        CommandGetTables command = CommandGetTables.newBuilder()
                .setTableNameFilterPattern("orders")
                .setIncludeSchema(true)
                .build();

        byte[] serialized = (byte[]) rows(command).get(0).get(4);
        Schema schema = MessageSerializer.deserializeSchema(
                new ReadChannel(Channels.newChannel(new ByteArrayInputStream(serialized))));

        assertThat(schema.getFields())
                .extracting(Field::getName)
                .containsExactly("id", "customer_region", "customer_id", "price");
        assertThat(schema.getFields()).extracting(Field::isNullable).containsExactly(false, true, true, true);
        Map<String, String> price = schema.findField("price").getMetadata();
        assertThat(price)
                .containsEntry("ARROW:FLIGHT:SQL:CATALOG_NAME", "shop")
                .containsEntry("ARROW:FLIGHT:SQL:DB_SCHEMA_NAME", "main")
                .containsEntry("ARROW:FLIGHT:SQL:TABLE_NAME", "orders")
                .containsEntry("ARROW:FLIGHT:SQL:TYPE_NAME", "DECIMAL")
                .containsEntry("ARROW:FLIGHT:SQL:PRECISION", "10")
                .containsEntry("ARROW:FLIGHT:SQL:SCALE", "2")
                .containsEntry("ARROW:FLIGHT:SQL:IS_AUTO_INCREMENT", "0")
                .containsEntry("ARROW:FLIGHT:SQL:IS_SEARCHABLE", "1")
                .containsEntry("ARROW:FLIGHT:SQL:REMARKS", "about price");
    }

    @Test
    void table_types_are_listed_in_order() {
        assertThat(rows(CommandGetTableTypes.getDefaultInstance()))
                .containsExactly(
                        List.of("LOCAL TEMPORARY"),
                        List.of("MATERIALIZED VIEW"),
                        List.of("SYSTEM TABLE"),
                        List.of("TABLE"),
                        List.of("VIEW"));
    }

    @Test
    void what_the_server_tells_about_itself_is_listed_for_who_asks_for_it() {
        List<Object> first = List.of("_system", "main", "queries", "SYSTEM TABLE");
        assertThat(rows(CommandGetTables.newBuilder()
                        .addTableTypes("SYSTEM TABLE")
                        .setTableNameFilterPattern("quer%")
                        .build()))
                .containsExactly(first);
        assertThat(rows(CommandGetTables.newBuilder().setCatalog("_system").build()))
                .hasSize(3)
                .contains(first);
        assertThat(rows(CommandGetTables.getDefaultInstance())).doesNotContain(first);
    }

    @Test
    void a_composite_primary_key_lists_its_columns_in_key_order_from_1() {
        assertThat(rows(CommandGetPrimaryKeys.newBuilder().setTable("customers").build()))
                .containsExactly(
                        List.of("shop", "main", "customers", "region", 1, "customers_pk"),
                        List.of("shop", "main", "customers", "id", 2, "customers_pk"));
    }

    @Test
    void keys_are_filtered_by_exact_names() {
        assertThat(rows(CommandGetPrimaryKeys.newBuilder()
                        .setCatalog("shop")
                        .setDbSchema("main")
                        .setTable("orders")
                        .build()))
                .hasSize(1);
        assertThat(rows(CommandGetPrimaryKeys.newBuilder()
                        .setDbSchema("reports")
                        .setTable("orders")
                        .build()))
                .isEmpty();
        assertThat(rows(CommandGetPrimaryKeys.newBuilder().setTable("order_").build()))
                .isEmpty();
        assertThat(rows(CommandGetPrimaryKeys.newBuilder().setTable("missing").build()))
                .isEmpty();
    }

    @Test
    void a_key_command_without_a_table_is_an_error() {
        assertThatThrownBy(() -> metadata.answer(
                        CommandGetPrimaryKeys.getDefaultInstance(),
                        FakeCatalog.shop().snapshot()))
                .isInstanceOf(SkyportException.class)
                .hasMessageContaining("names no table");
    }

    @Test
    void exported_imported_and_cross_reference_tell_the_same_key() {
        List<Object> first = List.of(
                "shop",
                "main",
                "customers",
                "region",
                "shop",
                "main",
                "orders",
                "customer_region",
                1,
                "orders_fk",
                "customers_pk",
                3,
                0);

        assertThat(rows(CommandGetExportedKeys.newBuilder()
                        .setTable("customers")
                        .build()))
                .hasSize(2)
                .first()
                .isEqualTo(first);
        assertThat(rows(CommandGetImportedKeys.newBuilder().setTable("orders").build()))
                .hasSize(2)
                .first()
                .isEqualTo(first);
        assertThat(rows(CommandGetCrossReference.newBuilder()
                        .setPkTable("customers")
                        .setFkTable("orders")
                        .build()))
                .hasSize(2)
                .first()
                .isEqualTo(first);
        assertThat(rows(CommandGetExportedKeys.newBuilder().setTable("orders").build()))
                .isEmpty();
    }

    @Test
    void type_info_has_19_columns_ordered_by_code_and_name_and_filters_by_code() {
        List<List<Object>> all = rows(CommandGetXdbcTypeInfo.getDefaultInstance());

        assertThat(names(CommandGetXdbcTypeInfo.getDefaultInstance())).hasSize(19);
        assertThat(all)
                .isSortedAccordingTo((a, b) -> a.get(1).equals(b.get(1))
                        ? ((String) a.get(0)).compareTo((String) b.get(0))
                        : ((Integer) a.get(1)).compareTo((Integer) b.get(1)));
        assertThat(rows(CommandGetXdbcTypeInfo.newBuilder().setDataType(12).build()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(12));
        assertThat(rows(CommandGetXdbcTypeInfo.newBuilder().setDataType(4711).build()))
                .isEmpty();
    }

    private List<List<Object>> rows(Message command) {
        return metadata.answer(command, FakeCatalog.shop().snapshot())
                .orElseThrow()
                .rows();
    }

    private List<String> tableNames(CommandGetTables.Builder command) {
        return rows(command.build()).stream().map(row -> (String) row.get(2)).toList();
    }

    private List<String> names(Message command) {
        return metadata.schema(command).orElseThrow().getFields().stream()
                .map(Field::getName)
                .toList();
    }

    private List<String> nonNullable(Message command) {
        return metadata.schema(command).orElseThrow().getFields().stream()
                .filter(field -> !field.isNullable())
                .map(Field::getName)
                .toList();
    }
}
