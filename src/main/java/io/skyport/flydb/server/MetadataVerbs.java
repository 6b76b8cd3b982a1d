package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgGetColumns;
import io.skyport.flydb.message.MsgGetForeignKeys;
import io.skyport.flydb.message.MsgGetIndexes;
import io.skyport.flydb.message.MsgGetPrimaryKeys;
import io.skyport.flydb.message.MsgGetTables;
import io.skyport.flydb.message.MsgGetTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What there is (FlyDB driver guide, "Metadata Queries"), in the columns that ODBC has for it. */
final class MetadataVerbs {

    private static final int RADIX = 10;
    /** ODBC SQL_INDEX_OTHER. */
    private static final int INDEX_OTHER = 3;
    /** ODBC SQL_NOT_DEFERRABLE. */
    private static final int NOT_DEFERRABLE = 7;

    private final Client client;

    MetadataVerbs(Client client) {
        this.client = client;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.GET_TABLES, this::tables);
        verbs.put(MessageType.GET_COLUMNS, this::columns);
        verbs.put(MessageType.GET_PRIMARY_KEYS, this::primaryKeys);
        verbs.put(MessageType.GET_FOREIGN_KEYS, this::foreignKeys);
        verbs.put(MessageType.GET_INDEXES, this::indexes);
        verbs.put(MessageType.GET_TYPE_INFO, this::types);
    }

    private Message tables(ByteBuf payload) {
        MsgGetTables message = (MsgGetTables) Message.read(MessageType.GET_TABLES, payload);
        Place place = place(message.catalog(), message.schema());
        Set<String> types = Set.copyOf(message.tableTypes());
        MetadataRows rows =
                new MetadataRows(List.of("table_cat", "table_schem", "table_name", "table_type", "remarks"));
        tables(place, NamePattern.of(message.tableName()))
                .filter(table -> types.isEmpty() || types.contains(table.kind().typeName()))
                .forEach(table -> rows.add(
                        place.catalog(table.name()),
                        place.schema(table.name()),
                        table.name().name(),
                        table.kind().typeName(),
                        table.comment() == null ? "" : table.comment()));
        return rows.message(client.metadataInArrays());
    }

    private Message columns(ByteBuf payload) {
        MsgGetColumns message = (MsgGetColumns) Message.read(MessageType.GET_COLUMNS, payload);
        Place place = place(message.catalog(), message.schema());
        Predicate<String> wanted = NamePattern.of(message.columnName());
        MetadataRows rows = new MetadataRows(List.of(
                "table_cat",
                "table_schem",
                "table_name",
                "column_name",
                "data_type",
                "type_name",
                "column_size",
                "buffer_length",
                "decimal_digits",
                "num_prec_radix",
                "nullable",
                "remarks",
                "column_def",
                "sql_data_type",
                "sql_datetime_sub",
                "char_octet_length",
                "ordinal_position",
                "is_nullable",
                "is_autoincrement",
                "is_generatedcolumn"));
        tables(place, NamePattern.of(message.tableName()))
                .forEach(table -> table.columns().stream()
                        .filter(column -> wanted.test(column.name()))
                        .forEach(column -> add(rows, place, table.name(), column)));
        return rows.message(client.metadataInArrays());
    }

    private static void add(MetadataRows rows, Place place, ObjectName table, Column column) {
        SqlType type = column.type();
        rows.add(
                place.catalog(table),
                place.schema(table),
                table.name(),
                column.name(),
                type.xdbcType(),
                type.name(),
                type.precision(),
                0,
                type.scale(),
                RADIX,
                column.nullable() ? 1 : 0,
                column.comment() == null ? "" : column.comment(),
                column.defaultExpression(),
                type.xdbcType(),
                0,
                type.precision(),
                column.ordinal(),
                column.nullable() ? "YES" : "NO",
                column.autoIncrement() ? "YES" : "NO",
                column.generated() ? "YES" : "NO");
    }

    private Message primaryKeys(ByteBuf payload) {
        MsgGetPrimaryKeys message = (MsgGetPrimaryKeys) Message.read(MessageType.GET_PRIMARY_KEYS, payload);
        Place place = place(message.catalog(), message.schema());
        MetadataRows rows = new MetadataRows(
                List.of("table_cat", "table_schem", "table_name", "column_name", "key_seq", "pk_name"));
        tables(place, exactly(message.tableName())).forEach(table -> {
            Table.Key key = table.primaryKey();
            for (int i = 0; key != null && i < key.columns().size(); i++) {
                rows.add(
                        place.catalog(table.name()),
                        place.schema(table.name()),
                        table.name().name(),
                        key.columns().get(i),
                        i + 1,
                        key.name());
            }
        });
        return rows.message(client.metadataInArrays());
    }

    private Message foreignKeys(ByteBuf payload) {
        MsgGetForeignKeys message = (MsgGetForeignKeys) Message.read(MessageType.GET_FOREIGN_KEYS, payload);
        Place place = place(message.catalog(), message.schema());
        MetadataRows rows = new MetadataRows(
                List.of(
                        "pktable_cat",
                        "pktable_schem",
                        "pktable_name",
                        "pkcolumn_name",
                        "fktable_cat",
                        "fktable_schem",
                        "fktable_name",
                        "fkcolumn_name",
                        "key_seq",
                        "update_rule",
                        "delete_rule",
                        "fk_name",
                        "pk_name",
                        "deferrability"),
                Map.of(
                        "pktable_name", "pk_table",
                        "pkcolumn_name", "pk_column",
                        "fktable_name", "fk_table",
                        "fkcolumn_name", "fk_column"));
        tables(place, exactly(message.tableName())).forEach(table -> {
            for (Table.ForeignKey key : table.foreignKeys()) {
                add(rows, place, table.name(), key);
            }
        });
        return rows.message(client.metadataInArrays());
    }

    private static void add(MetadataRows rows, Place place, ObjectName table, Table.ForeignKey key) {
        ObjectName parent = key.referencedTable();
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(
                    place.catalog(parent),
                    place.schema(parent),
                    parent.name(),
                    key.referencedColumns().get(i),
                    place.catalog(table),
                    place.schema(table),
                    table.name(),
                    key.columns().get(i),
                    i + 1,
                    key.updateRule().code(),
                    key.deleteRule().code(),
                    key.name(),
                    key.referencedKeyName(),
                    NOT_DEFERRABLE);
        }
    }

    private Message indexes(ByteBuf payload) {
        MsgGetIndexes message = (MsgGetIndexes) Message.read(MessageType.GET_INDEXES, payload);
        Place place = place(message.catalog(), message.schema());
        MetadataRows rows = new MetadataRows(List.of(
                "table_cat",
                "table_schem",
                "table_name",
                "non_unique",
                "index_qualifier",
                "index_name",
                "type",
                "ordinal_position",
                "column_name",
                "asc_or_desc",
                "cardinality",
                "pages",
                "filter_condition"));
        tables(place, exactly(message.tableName()))
                .forEach(table -> indexes(table)
                        .filter(index -> index.unique() || !message.unique())
                        .forEach(index -> add(rows, place, table.name(), index)));
        return rows.message(client.metadataInArrays());
    }

    /** Those that were created, and those that keys have. */
    private static Stream<Table.Index> indexes(Table table) {
        Stream<Table.Key> keys = Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream());
        return Stream.concat(
                keys.map(key -> new Table.Index(key.name(), key.columns(), true)), table.indexes().stream());
    }

    private static void add(MetadataRows rows, Place place, ObjectName table, Table.Index index) {
        for (int i = 0; i < index.expressions().size(); i++) {
            rows.add(
                    place.catalog(table),
                    place.schema(table),
                    table.name(),
                    !index.unique(),
                    place.catalog(table),
                    index.name(),
                    INDEX_OTHER,
                    i + 1,
                    index.expressions().get(i),
                    "A",
                    0,
                    0,
                    null);
        }
    }

    private Message types(ByteBuf payload) {
        MsgGetTypeInfo message = (MsgGetTypeInfo) Message.read(MessageType.GET_TYPE_INFO, payload);
        return GuideTypes.of(message.dataType()).message(client.metadataInArrays());
    }

    /** In the order of their names. */
    private static Stream<Table> tables(Place place, Predicate<String> name) {
        return place.snapshot().tables().stream()
                .filter(table ->
                        place.holds(table.name()) && name.test(table.name().name()));
    }

    private static Predicate<String> exactly(String name) {
        return name::equalsIgnoreCase;
    }

    private Place place(String catalog, String schema) {
        CatalogSnapshot snapshot = client.session().catalog();
        return Place.of(snapshot, client.session().context().database(), catalog, schema);
    }
}
