package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.util.TableRef;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Catalogs, schemas, tables and keys: conformance section 4, by Arrow's Java client. */
class FlightSqlMetadataIT extends Connected {

    private static final String DEFAULT = "default";
    private static boolean created;

    @BeforeEach
    void createTables() {
        if (created) {
            return;
        }
        for (String drop : List.of("VIEW v", "TABLE child", "TABLE parent", "TABLE plain")) {
            client.executeUpdate("DROP " + drop.replace(" ", " IF EXISTS " + schema + "."));
        }
        create("parent", "a INTEGER, b VARCHAR, PRIMARY KEY (b, a)");
        create(
                "child",
                "id INTEGER PRIMARY KEY, pa INTEGER, pb VARCHAR, FOREIGN KEY (pb, pa) REFERENCES " + table("parent")
                        + " (b, a)");
        create("plain", "i BIGINT NOT NULL, d DECIMAL(12, 3) DEFAULT 1.5, s VARCHAR, ts TIMESTAMP");
        for (String odd : List.of("a_b", "axb", "a%b", "a.b", "a[b]", "a$b", "a\\b", "Mixed Case", "a'b")) {
            client.executeUpdate("DROP TABLE IF EXISTS " + table("\"" + odd + "\""));
            client.executeUpdate("CREATE TABLE " + table("\"" + odd + "\"") + " (i INTEGER)");
        }
        client.executeUpdate("CREATE VIEW " + table("v") + " AS SELECT i, s FROM " + table("plain"));
        created = true;
    }

    /** A command: how it is asked for, how its schema is asked for, what both must be. */
    record Command(
            String name,
            Function<FlightSqlClient, FlightInfo> info,
            Function<FlightSqlClient, Schema> schema,
            Schema expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Command> commands() {
        TableRef parent = TableRef.of(DEFAULT, "flightsqlmetadatait", "parent");
        TableRef child = TableRef.of(DEFAULT, "flightsqlmetadatait", "child");
        return Stream.of(
                new Command(
                        "GetCatalogs",
                        c -> c.getCatalogs(),
                        c -> c.getCatalogsSchema().getSchema(),
                        Schemas.GET_CATALOGS_SCHEMA),
                new Command(
                        "GetDbSchemas",
                        c -> c.getSchemas(null, null),
                        c -> c.getSchemasSchema().getSchema(),
                        Schemas.GET_SCHEMAS_SCHEMA),
                new Command(
                        "GetTables",
                        c -> c.getTables(null, null, null, null, false),
                        c -> c.getTablesSchema(false).getSchema(),
                        Schemas.GET_TABLES_SCHEMA_NO_SCHEMA),
                new Command(
                        "GetTables with schemas",
                        c -> c.getTables(null, null, null, null, true),
                        c -> c.getTablesSchema(true).getSchema(),
                        Schemas.GET_TABLES_SCHEMA),
                new Command(
                        "GetTableTypes",
                        c -> c.getTableTypes(),
                        c -> c.getTableTypesSchema().getSchema(),
                        Schemas.GET_TABLE_TYPES_SCHEMA),
                new Command(
                        "GetPrimaryKeys",
                        c -> c.getPrimaryKeys(parent),
                        c -> c.getPrimaryKeysSchema().getSchema(),
                        Schemas.GET_PRIMARY_KEYS_SCHEMA),
                new Command(
                        "GetExportedKeys",
                        c -> c.getExportedKeys(parent),
                        c -> c.getExportedKeysSchema().getSchema(),
                        Schemas.GET_EXPORTED_KEYS_SCHEMA),
                new Command(
                        "GetImportedKeys",
                        c -> c.getImportedKeys(child),
                        c -> c.getImportedKeysSchema().getSchema(),
                        Schemas.GET_IMPORTED_KEYS_SCHEMA),
                new Command(
                        "GetCrossReference",
                        c -> c.getCrossReference(parent, child),
                        c -> c.getCrossReferenceSchema().getSchema(),
                        Schemas.GET_CROSS_REFERENCE_SCHEMA),
                new Command(
                        "GetSqlInfo",
                        c -> c.getSqlInfo(new int[0]),
                        c -> c.getSqlInfoSchema().getSchema(),
                        Schemas.GET_SQL_INFO_SCHEMA),
                new Command(
                        "GetXdbcTypeInfo",
                        c -> c.getXdbcTypeInfo(),
                        c -> c.getXdbcTypeInfoSchema().getSchema(),
                        Schemas.GET_TYPE_INFO_SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void announced_described_and_delivered_schema_are_the_standard_one(Command command) throws Exception {
        FlightInfo info = command.info().apply(client);
        Rows rows = read(info);

        assertThat(announced(info)).isEqualTo(command.expected());
        assertThat(command.schema().apply(client)).isEqualTo(command.expected());
        assertThat(rows.schema()).isEqualTo(command.expected());
        assertThat(rows.rows()).isNotEmpty();
        assertThat(info.getEndpoints()).hasSize(1);
        // The Go driver reads only the first batch of some answers.
        assertThat(rows.batches()).isEqualTo(1);
    }

    static Stream<Command> emptyAnswers() {
        TableRef none = TableRef.of(null, null, "no such table");
        return Stream.of(
                new Command(
                        "GetDbSchemas", c -> c.getSchemas(null, "no such schema"), null, Schemas.GET_SCHEMAS_SCHEMA),
                new Command(
                        "GetTables",
                        c -> c.getTables(null, null, "no such table", null, false),
                        null,
                        Schemas.GET_TABLES_SCHEMA_NO_SCHEMA),
                new Command(
                        "GetTables with schemas",
                        c -> c.getTables("no such catalog", null, null, null, true),
                        null,
                        Schemas.GET_TABLES_SCHEMA),
                new Command(
                        "GetTables of a type",
                        c -> c.getTables(null, null, null, List.of("NO SUCH TYPE"), false),
                        null,
                        Schemas.GET_TABLES_SCHEMA_NO_SCHEMA),
                new Command("GetPrimaryKeys", c -> c.getPrimaryKeys(none), null, Schemas.GET_PRIMARY_KEYS_SCHEMA),
                new Command("GetExportedKeys", c -> c.getExportedKeys(none), null, Schemas.GET_EXPORTED_KEYS_SCHEMA),
                new Command("GetImportedKeys", c -> c.getImportedKeys(none), null, Schemas.GET_IMPORTED_KEYS_SCHEMA),
                new Command(
                        "GetCrossReference",
                        c -> c.getCrossReference(none, none),
                        null,
                        Schemas.GET_CROSS_REFERENCE_SCHEMA),
                new Command("GetSqlInfo", c -> c.getSqlInfo(new int[] {499}), null, Schemas.GET_SQL_INFO_SCHEMA),
                new Command("GetXdbcTypeInfo", c -> c.getXdbcTypeInfo(4711), null, Schemas.GET_TYPE_INFO_SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("emptyAnswers")
    void nothing_found_is_an_empty_answer_with_its_schema(Command command) throws Exception {
        Rows rows = read(command.info().apply(client));

        assertThat(rows.rows()).isEmpty();
        assertThat(rows.schema()).isEqualTo(command.expected());
    }

    @Test
    void catalogs_are_the_databases() throws Exception {
        assertThat(read(client.getCatalogs()).column(0))
                .contains(DEFAULT)
                .isSorted()
                .doesNotContain("system", "temp");
    }

    @Test
    void a_metadata_ticket_may_be_read_again() throws Exception {
        FlightInfo info = client.getCatalogs();

        assertThat(read(info).rows()).isEqualTo(read(info).rows());
    }

    @Test
    void schemas_are_ordered_and_include_ours() throws Exception {
        Rows rows = read(client.getSchemas(null, null));

        assertThat(rows.rows()).contains(List.of(DEFAULT, "main"), List.of(DEFAULT, schema));
        assertThat(rows.rows())
                .isSortedAccordingTo(
                        Comparator.comparing((List<Object> row) -> row.get(0).toString())
                                .thenComparing(row -> row.get(1).toString()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, flightsqlmetadatait, 1",
                "default, flightsqlmetadatait, 1",
                "default, flightsqlmetadata%, 1",
                "default, flightsqlmetadatai_, 1",
                "default, flightsql, 0",
                "'', flightsqlmetadatait, 0",
                "defaul_, flightsqlmetadatait, 0",
                "defaul%, flightsqlmetadatait, 0",
                "default, '', 0",
                "nowhere, null, 0",
            })
    void schemas_are_filtered_by_exact_catalog_and_schema_pattern(String catalog, String pattern, int count)
            throws Exception {
        assertThat(read(client.getSchemas(catalog, pattern)).rows()).hasSize(count);
    }

    @Test
    void tables_are_ordered_by_catalog_schema_name_and_type() throws Exception {
        Rows rows = read(client.getTables(null, null, null, null, false));

        assertThat(rows.rows())
                .isSortedAccordingTo(
                        Comparator.comparing((List<Object> row) -> row.get(0).toString())
                                .thenComparing(row -> row.get(1).toString())
                                .thenComparing(row -> row.get(2).toString())
                                .thenComparing(row -> row.get(3).toString()));
        assertThat(rows.rows())
                .contains(
                        List.of(DEFAULT, schema, "plain", "TABLE"),
                        List.of(DEFAULT, schema, "v", "VIEW"),
                        List.of(DEFAULT, schema, "Mixed Case", "TABLE"));
    }

    static Stream<Arguments> patterns() {
        return Stream.of(
                Arguments.of("plain", List.of("plain")),
                Arguments.of("PLAIN", List.of()),
                Arguments.of("pl%", List.of("plain")),
                Arguments.of("%in", List.of("plain")),
                Arguments.of("pl_in", List.of("plain")),
                Arguments.of("plai", List.of()),
                Arguments.of("", List.of()),
                Arguments.of("a_b", List.of("a$b", "a%b", "a'b", "a.b", "a\\b", "a_b", "axb")),
                Arguments.of("a\\_b", List.of("a_b")),
                Arguments.of("a\\%b", List.of("a%b")),
                Arguments.of("a\\\\b", List.of("a\\b")),
                Arguments.of("a.b", List.of("a.b")),
                Arguments.of("a[b]", List.of("a[b]")),
                Arguments.of("a$b", List.of("a$b")),
                Arguments.of("a'b", List.of("a'b")),
                Arguments.of("Mixed%", List.of("Mixed Case")),
                Arguments.of(".*", List.of()));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void table_names_are_matched_as_like_does(String pattern, List<String> expected) throws Exception {
        assertThat(read(client.getTables(DEFAULT, schema, pattern, null, false)).column(2))
                .containsExactlyElementsOf(expected);
        assertThat(read(client.getTables(DEFAULT, schema, pattern, null, true)).column(2))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void an_absent_filter_filters_nothing_and_an_empty_one_everything() throws Exception {
        assertThat(read(client.getTables(null, null, "plain", null, false)).rows())
                .contains(List.of(DEFAULT, schema, "plain", "TABLE"));
        assertThat(read(client.getTables("", schema, "plain", null, false)).rows())
                .isEmpty();
        assertThat(read(client.getTables(null, "", "plain", null, false)).rows())
                .isEmpty();
        assertThat(read(client.getTables("def%", schema, "plain", null, false)).rows())
                .isEmpty();
    }

    @Test
    void table_types_filter_exactly_and_are_those_that_exist() throws Exception {
        assertThat(read(client.getTableTypes()).column(0))
                .contains("TABLE", "VIEW")
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(types(List.of("VIEW"))).containsOnly("VIEW");
        assertThat(types(List.of("TABLE"))).containsOnly("TABLE");
        assertThat(types(List.of("TABLE", "VIEW", "no such"))).containsOnly("TABLE", "VIEW");
        assertThat(types(List.of())).containsOnly("TABLE", "VIEW");
        assertThat(types(List.of("table"))).isEmpty();
    }

    private List<Object> types(List<String> types) throws Exception {
        return read(client.getTables(DEFAULT, schema, null, types, false)).column(3);
    }

    @Test
    void a_table_s_schema_has_its_columns_with_nullability_and_what_jdbc_shows_of_them() throws Exception {
        Schema plain = tableSchema("plain");

        assertThat(plain.getFields()).extracting(Field::getName).containsExactly("i", "d", "s", "ts");
        assertThat(plain.getFields()).extracting(Field::isNullable).containsExactly(false, true, true, true);
        assertThat(plain.getFields())
                .extracting(Field::getType)
                .containsExactly(
                        new ArrowType.Int(64, true),
                        new ArrowType.Decimal(12, 3, 128),
                        new ArrowType.Utf8(),
                        new ArrowType.Timestamp(org.apache.arrow.vector.types.TimeUnit.MICROSECOND, null));
        FlightSqlColumnMetadata decimal = metadata(plain, "d");
        assertThat(decimal.getCatalogName()).isEqualTo(DEFAULT);
        assertThat(decimal.getSchemaName()).isEqualTo(schema);
        assertThat(decimal.getTableName()).isEqualTo("plain");
        assertThat(decimal.getTypeName()).startsWith("DECIMAL");
        assertThat(decimal.getPrecision()).isEqualTo(12);
        assertThat(decimal.getScale()).isEqualTo(3);
        assertThat(decimal.isAutoIncrement()).isFalse();
        assertThat(decimal.isCaseSensitive()).isFalse();
        assertThat(decimal.isReadOnly()).isFalse();
        assertThat(decimal.isSearchable()).isTrue();
        assertThat(metadata(plain, "i").getTypeName()).isEqualTo("BIGINT");
        assertThat(metadata(plain, "i").getPrecision()).isEqualTo(19);
        assertThat(metadata(plain, "s").isCaseSensitive()).isTrue();
    }

    @Test
    void a_key_column_is_not_nullable() throws Exception {
        assertThat(tableSchema("parent").getFields())
                .extracting(Field::isNullable)
                .containsExactly(false, false);
        assertThat(tableSchema("child").getFields())
                .extracting(Field::isNullable)
                .containsExactly(false, true, true);
    }

    @Test
    void a_view_has_a_schema_too() throws Exception {
        assertThat(tableSchema("v").getFields()).extracting(Field::getName).containsExactly("i", "s");
    }

    @Test
    void a_result_s_columns_know_their_table() throws Exception {
        Schema announced = announced(client.execute("SELECT i, d, i + 1 AS e FROM " + table("plain")));

        assertThat(metadata(announced, "d").getCatalogName()).isEqualTo(DEFAULT);
        assertThat(metadata(announced, "d").getSchemaName()).isEqualTo(schema);
        assertThat(metadata(announced, "d").getTableName()).isEqualTo("plain");
        assertThat(metadata(announced, "d").getPrecision()).isEqualTo(12);
        assertThat(metadata(announced, "d").getScale()).isEqualTo(3);
        assertThat(metadata(announced, "d").getRemarks()).isNull();
        assertThat(metadata(announced, "e").getTableName()).isIn("", null);
        assertThat(metadata(announced, "e").getTypeName()).isEqualTo("BIGINT");
    }

    private static FlightSqlColumnMetadata metadata(Schema schema, String column) {
        Map<String, String> metadata = schema.findField(column).getMetadata();
        assertThat(metadata).isNotEmpty();
        return new FlightSqlColumnMetadata(metadata);
    }

    private Schema tableSchema(String name) throws Exception {
        Rows rows = read(client.getTables(DEFAULT, schema, name, null, true));
        byte[] bytes = (byte[]) rows.column("table_schema").get(0);
        return MessageSerializer.deserializeSchema(
                new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))));
    }

    @Test
    void a_composite_primary_key_is_listed_in_key_order() throws Exception {
        Rows rows = read(client.getPrimaryKeys(TableRef.of(DEFAULT, schema, "parent")));

        assertThat(rows.column("column_name")).containsExactly("b", "a");
        assertThat(rows.column("key_sequence")).containsExactly(1, 2);
        assertThat(rows.column("key_name")).doesNotContainNull();
        assertThat(rows.column("catalog_name")).containsOnly(DEFAULT);
        assertThat(rows.column("db_schema_name")).containsOnly(schema);
        assertThat(read(client.getPrimaryKeys(TableRef.of(DEFAULT, schema, "plain")))
                        .rows())
                .isEmpty();
    }

    @Test
    void a_foreign_key_is_the_same_from_all_sides() throws Exception {
        TableRef parent = TableRef.of(DEFAULT, schema, "parent");
        TableRef child = TableRef.of(DEFAULT, schema, "child");
        Rows imported = read(client.getImportedKeys(child));

        assertThat(imported.column("pk_table_name")).containsExactly("parent", "parent");
        assertThat(imported.column("pk_column_name")).containsExactly("b", "a");
        assertThat(imported.column("fk_table_name")).containsExactly("child", "child");
        assertThat(imported.column("fk_column_name")).containsExactly("pb", "pa");
        assertThat(imported.column("key_sequence")).containsExactly(1, 2);
        assertThat(imported.column("update_rule")).containsOnly((byte) 3);
        assertThat(imported.column("delete_rule")).containsOnly((byte) 3);
        assertThat(imported.column("fk_key_name")).doesNotContainNull();
        assertThat(imported.column("pk_key_name"))
                .isEqualTo(read(client.getPrimaryKeys(parent)).column("key_name"));
        assertThat(read(client.getExportedKeys(parent)).rows()).isEqualTo(imported.rows());
        assertThat(read(client.getCrossReference(parent, child)).rows()).isEqualTo(imported.rows());
        assertThat(read(client.getCrossReference(child, parent)).rows()).isEmpty();
        assertThat(read(client.getImportedKeys(parent)).rows()).isEmpty();
        assertThat(read(client.getExportedKeys(child)).rows()).isEmpty();
    }

    @Test
    void keys_are_filtered_by_exact_names() throws Exception {
        assertThat(read(client.getPrimaryKeys(TableRef.of(null, null, "parent")))
                        .rows())
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(read(client.getPrimaryKeys(TableRef.of(null, schema, "parent")))
                        .rows())
                .hasSize(2);
        for (TableRef other : List.of(
                TableRef.of("", schema, "parent"),
                TableRef.of(DEFAULT, "", "parent"),
                TableRef.of(DEFAULT, schema, "paren_"),
                TableRef.of(DEFAULT, schema, "%"),
                TableRef.of("defaul%", schema, "parent"))) {
            assertThat(read(client.getPrimaryKeys(other)).rows())
                    .as(other.toString())
                    .isEmpty();
        }
    }

    @Test
    void new_tables_appear_and_dropped_ones_disappear_at_once() throws Exception {
        String table = create("fleeting", "i INTEGER");
        assertThat(read(client.getTables(DEFAULT, schema, "fleeting", null, false))
                        .rows())
                .hasSize(1);

        client.executeUpdate("DROP TABLE " + table);
        assertThat(read(client.getTables(DEFAULT, schema, "fleeting", null, false))
                        .rows())
                .isEmpty();
    }

    @Test
    void an_unknown_command_is_an_invalid_argument() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            assertThatThrownBy(() -> commands.info(FlightCommands.descriptor(StringValue.of("not a command"))))
                    .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
            assertThatThrownBy(() -> commands.schema(FlightCommands.descriptor(StringValue.of("not a command"))))
                    .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        }
    }
}
