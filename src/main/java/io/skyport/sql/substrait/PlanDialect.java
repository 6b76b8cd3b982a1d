package io.skyport.sql.substrait;

import io.substrait.isthmus.SubstraitTypeSystem;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** How Calcite writes SQL that this server reads. */
final class PlanDialect extends SqlDialect {

    static final PlanDialect INSTANCE = new PlanDialect();

    private PlanDialect() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withIdentifierQuoteString("\"")
                .withLiteralQuoteString("'")
                .withNullCollation(NullCollation.LAST));
    }

    /** The text of a node. */
    static String text(SqlNode node) {
        return new NumberedParameters().format(node);
    }

    /** Parameters are found by their numbers, wherever they stand. */
    private static final class NumberedParameters extends SqlPrettyWriter {
        NumberedParameters() {
            super(SqlPrettyWriter.config()
                    .withDialect(INSTANCE)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withUpdateSetListNewline(false)
                    .withClauseStartsLine(false)
                    .withIndentation(0));
        }

        @Override
        public void dynamicParam(int index) {
            print("$" + (index + 1));
            setNeedWhitespace(true);
        }
    }

    @Override
    public boolean supportsNestedAggregations() {
        return false;
    }

    @Override
    public boolean supportsGroupByLiteral() {
        return false;
    }

    @Override
    public boolean supportsApproxCountDistinct() {
        return true;
    }

    @Override
    public boolean supportsCharSet() {
        return false;
    }

    /** Casts stand where the plan has them. */
    @Override
    public boolean supportsImplicitTypeCoercion(RexCall call) {
        return false;
    }

    @Override
    public void quoteStringLiteral(StringBuilder text, @Nullable String charset, String value) {
        text.append('\'').append(value.replace("'", "''")).append('\'');
    }

    @Override
    public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        unparseFetchUsingLimit(writer, offset, fetch);
    }

    @Override
    public SqlNode getCastSpec(RelDataType type) {
        return new SqlDataTypeSpec(
                new SqlAlienSystemTypeNameSpec(type(type), type.getSqlTypeName(), SqlParserPos.ZERO),
                SqlParserPos.ZERO);
    }

    /** The type's name here. */
    static String type(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE ->
                type.getSqlTypeName().getName();
            case DECIMAL -> "DECIMAL(" + type.getPrecision() + ", " + type.getScale() + ")";
            case ARRAY -> type(Objects.requireNonNull(type.getComponentType())) + "[]";
            case MAP ->
                "MAP(" + type(Objects.requireNonNull(type.getKeyType())) + ", "
                        + type(Objects.requireNonNull(type.getValueType())) + ")";
            case ROW ->
                type.getFieldList().stream()
                        .map(field -> PlanStatements.quoted(field.getName()) + " " + type(field.getType()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case VARCHAR, CHAR -> text(type.getPrecision());
            case BINARY, VARBINARY -> "BLOB";
            case TIME -> "TIME";
            case TIMESTAMP -> timestamp(type.getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP WITH TIME ZONE";
            case DOUBLE, FLOAT -> "DOUBLE";
            case REAL -> "REAL";
            default -> {
                if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
                    yield "INTERVAL";
                }
                throw PlanExpressions.unsupported("type " + type);
            }
        };
    }

    /** Casts to a length cut; Isthmus gives texts of any length the longest that Calcite knows. */
    private static String text(int length) {
        boolean any = length < 1 || length >= SubstraitTypeSystem.TYPE_SYSTEM.getMaxPrecision(SqlTypeName.VARCHAR);
        return any ? "VARCHAR" : "VARCHAR(" + length + ")";
    }

    private static String timestamp(int precision) {
        return precision == 0 ? "TIMESTAMP_S" : precision == 3 ? "TIMESTAMP_MS" : "TIMESTAMP";
    }
}
