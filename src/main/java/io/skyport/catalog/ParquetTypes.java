package io.skyport.catalog;

import io.skyport.catalog.NestedType.ArrayType;
import io.skyport.catalog.NestedType.ListType;
import io.skyport.catalog.NestedType.MapType;
import io.skyport.catalog.NestedType.StructType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What values are in a Parquet file of the engine, so that they are the same when they are read back. */
public final class ParquetTypes {

    /** The engine writes HUGEINT as DOUBLE, times without their zones and intervals in milliseconds: all others as text. */
    private static final Set<ScalarType> KEPT = EnumSet.of(
            ScalarType.BOOLEAN,
            ScalarType.TINYINT,
            ScalarType.UTINYINT,
            ScalarType.SMALLINT,
            ScalarType.USMALLINT,
            ScalarType.INTEGER,
            ScalarType.UINTEGER,
            ScalarType.BIGINT,
            ScalarType.UBIGINT,
            ScalarType.FLOAT,
            ScalarType.DOUBLE,
            ScalarType.VARCHAR,
            ScalarType.BLOB,
            ScalarType.DATE,
            ScalarType.TIME,
            ScalarType.TIMESTAMP,
            ScalarType.TIMESTAMP_WITH_TIME_ZONE);

    private static final Set<String> WITHOUT_TEXT = Set.of("UNION", "VARIANT", "GEOMETRY");

    private ParquetTypes() {}

    /** The type to write a column as; empty if no file gives all its values back. */
    public static Optional<SqlType> of(SqlType type) {
        return possible(type) ? Optional.of(stored(type)) : Optional.empty();
    }

    private static boolean possible(SqlType type) {
        return !WITHOUT_TEXT.contains(type.baseName())
                && type.children().stream().allMatch(ParquetTypes::possible);
    }

    private static SqlType stored(SqlType type) {
        if (type instanceof ListType list) {
            return new ListType(stored(list.element()));
        } else if (type instanceof ArrayType array) {
            return new ArrayType(stored(array.element()), array.length());
        } else if (type instanceof MapType map) {
            return new MapType(stored(map.key()), stored(map.value()));
        } else if (type instanceof StructType struct) {
            return new StructType(struct.members().stream()
                    .map(member -> new Member(member.written(), stored(member.type())))
                    .toList());
        }
        return type instanceof DecimalType
                        || KEPT.stream().anyMatch(kept -> kept.sqlName().equals(type.baseName()))
                ? type
                : SqlType.parse("VARCHAR");
    }
}
