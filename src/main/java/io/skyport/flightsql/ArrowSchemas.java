package io.skyport.flightsql;

import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Searchable;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.ResultColumn;
import io.skyport.sql.StatementParameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Arrow schemas of tables, results and parameters, with Flight SQL's column metadata. */
final class ArrowSchemas {

    private static final String SCHEMA_KEY = "ARROW:FLIGHT:SQL:DB_SCHEMA_NAME";
    private static final String JAVA_SCHEMA_KEY = "ARROW:FLIGHT:SQL:SCHEMA_NAME";
    private static final int MILLISECONDS_BITS = 32;

    private ArrowSchemas() {}

    /** All columns of a table in table order, with their real nullability. */
    static Schema of(Table table) {
        List<Field> fields = new ArrayList<>();
        for (Column column : table.columns()) {
            FlightSqlColumnMetadata.Builder metadata = describe(column.type(), table.name());
            metadata.isAutoIncrement(column.autoIncrement()).isReadOnly(column.generated());
            String comment = column.comment();
            if (comment != null) {
                metadata.remarks(comment);
            }
            fields.add(column.type().arrowField(column.name(), column.nullable(), keys(metadata)));
        }
        return new Schema(fields);
    }

    /** What executing a statement gives: without fields unless it is a query or DML with RETURNING. */
    static Schema ofResult(CompiledStatement statement) {
        return of(statement.columns());
    }

    /** A result's columns, all nullable, in their wire types. Without remarks: JDBC would show those as labels. */
    static Schema of(List<ResultColumn> columns) {
        List<Field> fields = new ArrayList<>();
        for (ResultColumn column : columns) {
            FlightSqlColumnMetadata.Builder metadata =
                    describe(column.type(), column.table().orElse(null));
            metadata.isAutoIncrement(false).isReadOnly(true);
            fields.add(column.type().arrowField(column.name(), true, keys(metadata)));
        }
        return new Schema(fields);
    }

    /**
     * One nullable field for each parameter. Times are declared in milliseconds: the JDBC driver writes milliseconds
     * whatever the unit says. Clients may send others, which are converted.
     */
    static Schema ofParameters(List<StatementParameter> parameters) {
        List<Field> fields = new ArrayList<>();
        for (StatementParameter parameter : parameters) {
            Field field = parameter.type().wireType().arrowField("$" + parameter.index(), true, Map.of());
            fields.add(new Field(field.getName(), FieldType.nullable(bindable(field.getType())), field.getChildren()));
        }
        return new Schema(fields);
    }

    /** The encapsulated IPC message: continuation marker, length, flatbuffer. */
    static byte[] serialize(Schema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema, IpcOption.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        return bytes.toByteArray();
    }

    private static FlightSqlColumnMetadata.Builder describe(SqlType type, @Nullable ObjectName table) {
        FlightSqlColumnMetadata.Builder metadata = new FlightSqlColumnMetadata.Builder()
                .typeName(type.children().isEmpty() ? type.baseName() : type.name())
                .isCaseSensitive(type.caseSensitive())
                .isSearchable(type.searchable() != Searchable.NONE);
        if (type.precision() > 0) {
            metadata.precision(type.precision()).scale(type.scale());
        }
        if (table != null) {
            metadata.catalogName(table.database()).schemaName(table.schema()).tableName(table.name());
        }
        return metadata;
    }

    /** Arrow's Java library and its JDBC driver spell the schema's key otherwise than the protocol does: both are given. */
    private static Map<String, String> keys(FlightSqlColumnMetadata.Builder metadata) {
        Map<String, String> keys = new HashMap<>(metadata.build().getMetadataMap());
        String schema = keys.get(JAVA_SCHEMA_KEY);
        if (schema != null) {
            keys.put(SCHEMA_KEY, schema);
        }
        return keys;
    }

    private static ArrowType bindable(ArrowType type) {
        if (type instanceof ArrowType.Timestamp timestamp) {
            return new ArrowType.Timestamp(TimeUnit.MILLISECOND, timestamp.getTimezone());
        }
        if (type instanceof ArrowType.Time) {
            return new ArrowType.Time(TimeUnit.MILLISECOND, MILLISECONDS_BITS);
        }
        return type;
    }
}
