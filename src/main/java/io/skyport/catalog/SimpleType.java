package io.skyport.catalog;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A type without arguments: one row of the table. */
record SimpleType(ScalarType row) implements SqlType {

    @Override
    public String name() {
        // A bare NULL would be read as the value.
        return row == ScalarType.NULL ? "\"NULL\"" : row.sqlName();
    }

    @Override
    public String baseName() {
        return row.sqlName();
    }

    @Override
    public SqlType wireType() {
        return row.travelsAsItself() ? this : SqlTypes.parse(row.wireName());
    }

    @Override
    public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
        return row.travelsAsItself()
                ? new Field(name, new FieldType(nullable, row.arrowType(), null, metadata), List.of())
                : wireType().arrowField(name, nullable, metadata);
    }

    @Override
    public int xdbcType() {
        return row.xdbc();
    }

    @Override
    public int precision() {
        return row.precision();
    }

    @Override
    public int scale() {
        return row.scale();
    }

    @Override
    public int displaySize() {
        return row.displaySize();
    }

    @Override
    public boolean unsigned() {
        return row.typeClass() == TypeClass.UNSIGNED || row == ScalarType.UHUGEINT;
    }

    @Override
    public boolean caseSensitive() {
        return row.typeClass() == TypeClass.TEXT;
    }

    @Override
    public Searchable searchable() {
        return row.typeClass().searchable();
    }

    @Override
    public List<SqlType> children() {
        return List.of();
    }

    @Override
    public String toString() {
        return name();
    }
}
