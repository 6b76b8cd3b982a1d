package io.skyport.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of what clients are told about types: the columns of Flight SQL's CommandGetXdbcTypeInfo and of ODBC's
 * SQLGetTypeInfo, in order and by name.
 *
 * @param dataType the concise type code
 * @param columnSize see {@link SqlType#precision()}; null where it has no meaning
 * @param createParams what may follow the name in parentheses, or null
 * @param nullable 1: all types may be null
 * @param searchable a {@link Searchable#code()}
 * @param unsignedAttribute null if not a number
 * @param autoIncrement null if not a number
 * @param sqlDataType the verbose type code: 9 for datetimes, 10 for intervals, else {@code dataType}
 * @param datetimeSubcode null if neither datetime nor interval
 * @param numPrecRadix the base in which sizes count digits; null if not a number
 * @param intervalPrecision digits of an interval's leading field; null if not an interval
 */
public record TypeInfo(
        String typeName,
        int dataType,
        @Nullable Integer columnSize,
        @Nullable String literalPrefix,
        @Nullable String literalSuffix,
        @Nullable List<String> createParams,
        int nullable,
        boolean caseSensitive,
        int searchable,
        @Nullable Boolean unsignedAttribute,
        boolean fixedPrecScale,
        @Nullable Boolean autoIncrement,
        @Nullable String localTypeName,
        @Nullable Integer minimumScale,
        @Nullable Integer maximumScale,
        int sqlDataType,
        @Nullable Integer datetimeSubcode,
        @Nullable Integer numPrecRadix,
        @Nullable Integer intervalPrecision) {

    public TypeInfo {
        createParams = createParams == null ? null : List.copyOf(createParams);
    }
}
