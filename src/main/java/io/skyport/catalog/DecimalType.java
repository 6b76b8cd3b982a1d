package io.skyport.catalog;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A DECIMAL with its digits. */
record DecimalType(int precision, int scale) implements SqlType {

    /** What DECIMAL without arguments means in the engine. */
    static final DecimalType DEFAULT = new DecimalType(18, 3);

    private static final int BITS = 128;

    DecimalType {
        if (precision < 1 || precision > ScalarType.DECIMAL.precision() || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("DECIMAL(" + precision + "," + scale + ")");
        }
    }

    @Override
    public String name() {
        return baseName() + "(" + precision + "," + scale + ")";
    }

    @Override
    public String baseName() {
        return ScalarType.DECIMAL.sqlName();
    }

    @Override
    public SqlType wireType() {
        return this;
    }

    @Override
    public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
        ArrowType decimal = new ArrowType.Decimal(precision, scale, BITS);
        return new Field(name, new FieldType(nullable, decimal, null, metadata), List.of());
    }

    @Override
    public int xdbcType() {
        return ScalarType.DECIMAL.xdbc();
    }

    /** Digits, sign, point, and the zero before the point if no digit stands there. */
    @Override
    public int displaySize() {
        return precision + 1 + (scale > 0 ? 1 : 0) + (scale == precision ? 1 : 0);
    }

    @Override
    public boolean unsigned() {
        return false;
    }

    @Override
    public boolean caseSensitive() {
        return false;
    }

    @Override
    public Searchable searchable() {
        return TypeClass.DECIMAL.searchable();
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
