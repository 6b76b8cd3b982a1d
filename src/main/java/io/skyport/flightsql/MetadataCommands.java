package io.skyport.flightsql;

import com.google.protobuf.Message;
import io.skyport.catalog.CatalogSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
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
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The ten metadata commands by their message. Each has one schema, which GetFlightInfo, GetSchema and DoGet all give:
 * clients compare them.
 */
final class MetadataCommands {

    private final Map<Class<? extends Message>, Entry<?>> entries = new HashMap<>();

    MetadataCommands(SqlInfo sqlInfo) {
        names(CommandGetCatalogs.class, Schemas.GET_CATALOGS_SCHEMA, (command, names) -> names.catalogs());
        names(CommandGetDbSchemas.class, Schemas.GET_SCHEMAS_SCHEMA, (command, names) -> names.dbSchemas(command));
        add(
                CommandGetTables.class,
                CatalogAnswers::tablesSchema,
                (command, catalog) -> new CatalogAnswers(catalog).tables(command));
        add(
                CommandGetTableTypes.class,
                Schemas.GET_TABLE_TYPES_SCHEMA,
                (command, catalog) -> CatalogAnswers.tableTypes());
        keys(
                CommandGetPrimaryKeys.class,
                Schemas.GET_PRIMARY_KEYS_SCHEMA,
                (command, keys) -> keys.primaryKeys(command));
        keys(
                CommandGetExportedKeys.class,
                Schemas.GET_EXPORTED_KEYS_SCHEMA,
                (command, keys) -> keys.exportedKeys(command));
        keys(
                CommandGetImportedKeys.class,
                Schemas.GET_IMPORTED_KEYS_SCHEMA,
                (command, keys) -> keys.importedKeys(command));
        keys(
                CommandGetCrossReference.class,
                Schemas.GET_CROSS_REFERENCE_SCHEMA,
                (command, keys) -> keys.crossReference(command));
        add(CommandGetSqlInfo.class, Schemas.GET_SQL_INFO_SCHEMA, (command, catalog) -> sqlInfo.answer(command));
        add(
                CommandGetXdbcTypeInfo.class,
                Schemas.GET_TYPE_INFO_SCHEMA,
                (command, catalog) -> TypeAnswers.types(command));
    }

    /** The schema of the answer, if it is a metadata command. Touches no data. */
    Optional<Schema> schema(Message command) {
        return entry(command).map(entry -> entry.schema(command));
    }

    /**
     * The answer, if it is a metadata command.
     *
     * @param catalog as the caller's session sees it
     */
    Optional<Answer> answer(Message command, CatalogSnapshot catalog) {
        return entry(command).map(entry -> entry.answer(command, catalog));
    }

    private Optional<Entry<?>> entry(Message command) {
        return Optional.ofNullable(entries.get(command.getClass()));
    }

    private <T extends Message> void names(Class<T> type, Schema schema, BiFunction<T, CatalogAnswers, Answer> answer) {
        add(type, schema, (command, catalog) -> answer.apply(command, new CatalogAnswers(catalog)));
    }

    private <T extends Message> void keys(Class<T> type, Schema schema, BiFunction<T, KeyAnswers, Answer> answer) {
        add(type, schema, (command, catalog) -> answer.apply(command, new KeyAnswers(catalog)));
    }

    private <T extends Message> void add(Class<T> type, Schema schema, BiFunction<T, CatalogSnapshot, Answer> answer) {
        add(type, command -> schema, answer);
    }

    private <T extends Message> void add(
            Class<T> type, Function<T, Schema> schema, BiFunction<T, CatalogSnapshot, Answer> answer) {
        entries.put(type, new Entry<>(type, schema, answer));
    }

    private record Entry<T extends Message>(
            Class<T> type, Function<T, Schema> schemaOf, BiFunction<T, CatalogSnapshot, Answer> answerTo) {

        Schema schema(Message command) {
            return schemaOf.apply(type.cast(command));
        }

        Answer answer(Message command, CatalogSnapshot catalog) {
            return answerTo.apply(type.cast(command), catalog);
        }
    }
}
