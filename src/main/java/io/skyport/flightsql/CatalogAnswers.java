package io.skyport.flightsql;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.catalog.SystemTables;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.jspecify.annotations.Nullable;

/**
 * Catalogs, schemas, tables and table types (conformance text, section 4). Names compare as stored; an absent filter lets
 * everything through; rows are ordered by their leading columns.
 */
final class CatalogAnswers {

    private static final Comparator<List<@Nullable Object>> BY_NAMES = Comparator.comparing(CatalogAnswers::sortKey);

    private final CatalogSnapshot catalog;

    /** @param catalog as the caller's session sees it */
    CatalogAnswers(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    Answer catalogs() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Database database : catalog.databases()) {
            rows.add(List.of(database.name()));
        }
        rows.sort(BY_NAMES);
        return new Answer(Schemas.GET_CATALOGS_SCHEMA, rows);
    }

    Answer dbSchemas(CommandGetDbSchemas command) {
        Predicate<String> database = NamePattern.exact(command.hasCatalog(), command.getCatalog());
        Predicate<String> name =
                NamePattern.like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        schemas(catalog)
                .filter(schema -> database.test(schema.database()) && name.test(schema.name()))
                .forEach(schema -> rows.add(List.of(schema.database(), schema.name())));
        rows.sort(BY_NAMES);
        return new Answer(Schemas.GET_SCHEMAS_SCHEMA, rows);
    }

    static org.apache.arrow.vector.types.pojo.Schema tablesSchema(CommandGetTables command) {
        return command.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA;
    }

    Answer tables(CommandGetTables command) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Stream.concat(catalog.tables().stream(), systemTables(command))
                .filter(wanted(command))
                .forEach(table -> rows.add(row(table, command.getIncludeSchema())));
        rows.sort(BY_NAMES);
        return new Answer(tablesSchema(command), rows);
    }

    /** What the server tells about itself, for who asks for it: lists of all tables are for people's own. */
    private static Stream<Table> systemTables(CommandGetTables command) {
        boolean asked = command.getTableTypesList().contains(TableKind.SYSTEM_TABLE.typeName())
                || (command.hasCatalog() && SystemTables.reserves(command.getCatalog()));
        return asked ? SystemTables.all().stream() : Stream.empty();
    }

    static Answer tableTypes() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableKind kind : TableKind.values()) {
            rows.add(List.of(kind.typeName()));
        }
        rows.sort(BY_NAMES);
        return new Answer(Schemas.GET_TABLE_TYPES_SCHEMA, rows);
    }

    /** Whether a table is one of those that a command asks for. */
    static Predicate<Table> wanted(CommandGetTables command) {
        Predicate<String> database = NamePattern.exact(command.hasCatalog(), command.getCatalog());
        Predicate<String> schema =
                NamePattern.like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
        Predicate<String> name =
                NamePattern.like(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
        Set<String> types = Set.copyOf(command.getTableTypesList());
        return table -> database.test(table.name().database())
                && schema.test(table.name().schema())
                && name.test(table.name().name())
                && (types.isEmpty() || types.contains(table.kind().typeName()));
    }

    private static List<@Nullable Object> row(Table table, boolean includeSchema) {
        List<@Nullable Object> row = new ArrayList<>(List.of(
                table.name().database(),
                table.name().schema(),
                table.name().name(),
                table.kind().typeName()));
        if (includeSchema) {
            row.add(ArrowSchemas.serialize(ArrowSchemas.of(table)));
        }
        return row;
    }

    private static Stream<Schema> schemas(CatalogSnapshot snapshot) {
        return snapshot.databases().stream().flatMap(database -> database.schemas().stream());
    }

    /** The row's names with a separator that sorts before every character of a name. */
    private static String sortKey(List<@Nullable Object> row) {
        StringBuilder key = new StringBuilder();
        for (Object value : row) {
            if (value instanceof String name) {
                key.append(name).append('\0');
            }
        }
        return key.toString();
    }
}
