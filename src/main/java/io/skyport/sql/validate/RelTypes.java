package io.skyport.sql.validate;

import io.skyport.catalog.SqlType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The engine's types as Calcite's, and back. What Calcite has no type for is ANY, with which everything goes. */
final class RelTypes {

    /** The engine's decimals. */
    private static final int MAX_DECIMAL_PRECISION = 38;

    static final RelDataTypeSystem SYSTEM = new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_PRECISION : super.getMaxPrecision(typeName);
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_PRECISION : super.getMaxScale(typeName);
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    };

    static final RelDataTypeFactory FACTORY = new SqlTypeFactoryImpl(SYSTEM) {
        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    };

    private RelTypes() {}

    static RelDataType any() {
        return FACTORY.createTypeWithNullability(FACTORY.createSqlType(SqlTypeName.ANY), true);
    }

    static RelDataType of(SqlType type, boolean nullable) {
        return FACTORY.createTypeWithNullability(notNull(type), nullable);
    }

    private static RelDataType notNull(SqlType type) {
        return switch (type.baseName()) {
            case "BOOLEAN" -> simple(SqlTypeName.BOOLEAN);
            case "TINYINT" -> simple(SqlTypeName.TINYINT);
            case "SMALLINT" -> simple(SqlTypeName.SMALLINT);
            case "INTEGER" -> simple(SqlTypeName.INTEGER);
            case "BIGINT" -> simple(SqlTypeName.BIGINT);
            case "UTINYINT" -> simple(SqlTypeName.UTINYINT);
            case "USMALLINT" -> simple(SqlTypeName.USMALLINT);
            case "UINTEGER" -> simple(SqlTypeName.UINTEGER);
            case "UBIGINT" -> simple(SqlTypeName.UBIGINT);
            case "HUGEINT", "UHUGEINT" -> FACTORY.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL_PRECISION, 0);
            case "DECIMAL" -> FACTORY.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case "FLOAT" -> simple(SqlTypeName.REAL);
            case "DOUBLE" -> simple(SqlTypeName.DOUBLE);
            case "VARCHAR" -> simple(SqlTypeName.VARCHAR);
            case "BLOB" -> simple(SqlTypeName.VARBINARY);
            case "DATE" -> simple(SqlTypeName.DATE);
            case "TIME" -> simple(SqlTypeName.TIME);
            case "TIMESTAMP" -> simple(SqlTypeName.TIMESTAMP);
            case "TIMESTAMP WITH TIME ZONE" -> simple(SqlTypeName.TIMESTAMP_TZ);
            case "LIST", "ARRAY" -> FACTORY.createArrayType(of(type.children().get(0), true), -1);
            default -> any();
        };
    }

    private static RelDataType simple(SqlTypeName name) {
        return FACTORY.createSqlType(name);
    }

    /** Intervals have any fields. */
    static RelDataType interval() {
        return FACTORY.createSqlIntervalType(
                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
    }

    private static @Nullable String list(@Nullable RelDataType element) {
        SqlType type = element == null ? null : engineType(element);
        return type == null ? null : type.name() + "[]";
    }

    /** The engine's type, or null where Calcite's says nothing. */
    static @Nullable SqlType engineType(RelDataType type) {
        String name = switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, DOUBLE ->
                type.getSqlTypeName().name();
            case DATE, TIME, TIMESTAMP -> type.getSqlTypeName().name();
            case DECIMAL -> "DECIMAL(" + type.getPrecision() + "," + Math.max(0, type.getScale()) + ")";
            case REAL, FLOAT -> "FLOAT";
            case CHAR, VARCHAR -> "VARCHAR";
            case BINARY, VARBINARY -> "BLOB";
            case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP WITH TIME ZONE";
            case ARRAY -> list(type.getComponentType());
            default -> SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName()) ? "INTERVAL" : null;
        };
        return name == null ? null : SqlType.parse(name);
    }
}
