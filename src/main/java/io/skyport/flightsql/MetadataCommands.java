package io.skyport.flightsql;

import com.google.protobuf.Message;
import io.skyport.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    MetadataCommands(Catalog catalog, SqlInfo sqlInfo) {
        CatalogAnswers names = new CatalogAnswers(catalog);
        KeyAnswers keys = new KeyAnswers(catalog);
        add(CommandGetCatalogs.class, Schemas.GET_CATALOGS_SCHEMA, command -> names.catalogs());
        add(CommandGetDbSchemas.class, Schemas.GET_SCHEMAS_SCHEMA, names::dbSchemas);
        add(CommandGetTables.class, CatalogAnswers::tablesSchema, names::tables);
        add(CommandGetTableTypes.class, Schemas.GET_TABLE_TYPES_SCHEMA, command -> names.tableTypes());
        add(CommandGetPrimaryKeys.class, Schemas.GET_PRIMARY_KEYS_SCHEMA, keys::primaryKeys);
        add(CommandGetExportedKeys.class, Schemas.GET_EXPORTED_KEYS_SCHEMA, keys::exportedKeys);
        add(CommandGetImportedKeys.class, Schemas.GET_IMPORTED_KEYS_SCHEMA, keys::importedKeys);
        add(CommandGetCrossReference.class, Schemas.GET_CROSS_REFERENCE_SCHEMA, keys::crossReference);
        add(CommandGetSqlInfo.class, Schemas.GET_SQL_INFO_SCHEMA, sqlInfo::answer);
        add(CommandGetXdbcTypeInfo.class, Schemas.GET_TYPE_INFO_SCHEMA, TypeAnswers::types);
    }

    /** The schema of the answer, if it is a metadata command. Touches no data. */
    Optional<Schema> schema(Message command) {
        return entry(command).map(entry -> entry.schema(command));
    }

    /** The answer, if it is a metadata command. */
    Optional<Answer> answer(Message command) {
        return entry(command).map(entry -> entry.answer(command));
    }

    private Optional<Entry<?>> entry(Message command) {
        return Optional.ofNullable(entries.get(command.getClass()));
    }

    private <T extends Message> void add(Class<T> type, Schema schema, Function<T, Answer> answer) {
        add(type, command -> schema, answer);
    }

    private <T extends Message> void add(Class<T> type, Function<T, Schema> schema, Function<T, Answer> answer) {
        entries.put(type, new Entry<>(type, schema, answer));
    }

    private record Entry<T extends Message>(Class<T> type, Function<T, Schema> schemaOf, Function<T, Answer> answerTo) {

        Schema schema(Message command) {
            return schemaOf.apply(type.cast(command));
        }

        Answer answer(Message command) {
            return answerTo.apply(type.cast(command));
        }
    }
}
