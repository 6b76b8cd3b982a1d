package io.skyport.flightsql;

import io.skyport.catalog.TypeInfo;
import io.skyport.catalog.TypeInfos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.jspecify.annotations.Nullable;

/** The types that columns may have (conformance text, section 6), ordered by type code, then name. */
final class TypeAnswers {

    private TypeAnswers() {}

    /** All types, or those of the type code asked for; 0 is a code too. */
    static Answer types(CommandGetXdbcTypeInfo command) {
        List<TypeInfo> types = command.hasDataType() ? TypeInfos.ofDataType(command.getDataType()) : TypeInfos.all();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TypeInfo type : types) {
            rows.add(row(type));
        }
        return new Answer(Schemas.GET_TYPE_INFO_SCHEMA, rows);
    }

    private static List<@Nullable Object> row(TypeInfo type) {
        return Arrays.asList(
                type.typeName(),
                type.dataType(),
                type.columnSize(),
                type.literalPrefix(),
                type.literalSuffix(),
                type.createParams(),
                type.nullable(),
                type.caseSensitive(),
                type.searchable(),
                type.unsignedAttribute(),
                type.fixedPrecScale(),
                type.autoIncrement(),
                type.localTypeName(),
                type.minimumScale(),
                type.maximumScale(),
                type.sqlDataType(),
                type.datetimeSubcode(),
                type.numPrecRadix(),
                type.intervalPrecision());
    }
}
