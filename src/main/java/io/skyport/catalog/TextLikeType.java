package io.skyport.catalog;

import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** A type that is not in the table of scalar types and travels as text. */
sealed interface TextLikeType extends SqlType permits EnumType, UnionType, OpaqueType {

    @Override
    default SqlType wireType() {
        return SqlTypes.of(ScalarType.VARCHAR);
    }

    @Override
    default Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
        return wireType().arrowField(name, nullable, metadata);
    }

    @Override
    default int xdbcType() {
        return ScalarType.VARCHAR.xdbc();
    }

    @Override
    default int precision() {
        return ScalarType.VARCHAR.precision();
    }

    @Override
    default int scale() {
        return 0;
    }

    @Override
    default int displaySize() {
        return 0;
    }

    @Override
    default boolean unsigned() {
        return false;
    }

    @Override
    default boolean caseSensitive() {
        return true;
    }

    @Override
    default Searchable searchable() {
        return Searchable.BASIC;
    }
}
