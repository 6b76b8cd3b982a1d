package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.expression.Expression;
import io.substrait.isthmus.SubstraitRelNodeConverter.Context;
import io.substrait.isthmus.SubstraitTypeSystem;
import io.substrait.isthmus.TypeConverter;
import io.substrait.relation.AbstractDdlRel.DdlObject;
import io.substrait.relation.AbstractUpdate;
import io.substrait.relation.AbstractWriteRel.CreateMode;
import io.substrait.relation.AbstractWriteRel.OutputMode;
import io.substrait.relation.Filter;
import io.substrait.relation.NamedDdl;
import io.substrait.relation.NamedScan;
import io.substrait.relation.NamedUpdate;
import io.substrait.relation.NamedWrite;
import io.substrait.relation.Rel;
import io.substrait.type.NamedStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** The statement that the outermost relation of a plan means. Of one plan. */
final class PlanStatements {

    private final PlanRelations relations;
    private final RelDataTypeFactory types;

    PlanStatements(PlanRelations relations, RelDataTypeFactory types) {
        this.relations = relations;
        this.types = types;
    }

    /** @param names those of the result's columns */
    String text(Rel relation, List<String> names) {
        if (relation instanceof NamedWrite write) {
            return write(write, names);
        } else if (relation instanceof NamedUpdate update) {
            return update(update);
        } else if (relation instanceof NamedDdl ddl) {
            return ddl(ddl, names);
        }
        return query(relation, names);
    }

    private String query(Rel relation, List<String> names) {
        return PlanQuery.text(relation.accept(relations, Context.newContext()), names);
    }

    private String write(NamedWrite write, List<String> names) {
        if (write.getOutputMode() == OutputMode.MODIFIED_RECORDS) {
            throw PlanRelations.unsupported("WriteRel with OUTPUT_MODE_MODIFIED_RECORDS");
        }
        String table = name(write.getNames());
        List<String> columns = columns(write.getTableSchema());
        return switch (write.getOperation()) {
            case INSERT ->
                "INSERT INTO " + table
                        + columns.stream().map(PlanStatements::quoted).collect(Collectors.joining(", ", " (", ") "))
                        + query(write.getInput(), List.of());
            case DELETE -> delete(write);
            case CTAS ->
                create(write.getCreateMode(), table)
                        + query(
                                write.getInput(),
                                columns.isEmpty()
                                        ? names
                                        : write.getTableSchema().names());
            default ->
                throw PlanRelations.unsupported(
                        "WriteRel of " + write.getOperation().toProto().name());
        };
    }

    private static String create(CreateMode mode, String table) {
        return switch (mode) {
            case REPLACE_IF_EXISTS -> "CREATE OR REPLACE TABLE " + table + " AS ";
            case IGNORE_IF_EXISTS -> "CREATE TABLE IF NOT EXISTS " + table + " AS ";
            case UNSPECIFIED, ERROR_IF_EXISTS -> "CREATE TABLE " + table + " AS ";
            case APPEND_IF_EXISTS ->
                throw PlanRelations.unsupported(
                        "WriteRel with " + mode.toProto().name());
        };
    }

    /** The conditions of filters over a table, which are all that a DELETE may be of. */
    private static List<Expression> conditions(List<String> table, Rel rows) {
        List<Expression> conditions = new ArrayList<>();
        Rel next = rows;
        while (next instanceof Filter filter && filter.getRemap().isEmpty()) {
            conditions.add(filter.getCondition());
            next = filter.getInput();
        }
        if (next instanceof NamedScan scan
                && scan.getNames().equals(table)
                && scan.getRemap().isEmpty()
                && scan.getProjection().isEmpty()) {
            scan.getFilter().ifPresent(conditions::add);
            return conditions;
        }
        throw PlanRelations.unsupported(
                "WriteRel of WRITE_OP_DELETE with rows that are not a filtered read of the table");
    }

    private static NamedStruct schema(Rel rows) {
        Rel next = rows;
        while (next instanceof Filter filter) {
            next = filter.getInput();
        }
        return ((NamedScan) next).getInitialSchema();
    }

    private String delete(NamedWrite write) {
        List<Expression> conditions = conditions(write.getNames(), write.getInput());
        RelNode table = relations.table(write.getNames(), schema(write.getInput()));
        SqlSelect select = select(relations.changed(table, conditions, List.of()));
        return "DELETE FROM " + name(write.getNames()) + where(select);
    }

    private String update(NamedUpdate update) {
        NamedStruct schema = update.getTableSchema();
        List<Expression> values = update.getTransformations().stream()
                .map(AbstractUpdate.TransformExpression::getTransformation)
                .toList();
        if (values.isEmpty()) {
            throw new SkyportException(ErrorCode.DATA_EXCEPTION, "The UpdateRel changes no column");
        }
        RelNode table = relations.table(update.getNames(), schema);
        SqlSelect select = select(relations.changed(table, List.of(update.getCondition()), values));
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int target = update.getTransformations().get(i).getColumnTarget();
            SqlNode value = select.getSelectList().get(i);
            SqlNode plain = value.getKind() == SqlKind.AS ? ((SqlCall) value).operand(0) : value;
            assignments.add(quoted(column(table, target)) + " = " + PlanDialect.text(plain));
        }
        return "UPDATE " + name(update.getNames()) + " SET " + String.join(", ", assignments) + where(select);
    }

    private static String column(RelNode table, int index) {
        List<String> columns = table.getRowType().getFieldNames();
        if (index < 0 || index >= columns.size()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The UpdateRel changes column " + index + " of " + columns.size() + " (counted from 0)");
        }
        return columns.get(index);
    }

    private static SqlSelect select(RelNode rows) {
        SqlNode statement = PlanSql.query(rows);
        if (statement instanceof SqlSelect select && select.getFrom() instanceof SqlIdentifier) {
            return select;
        }
        throw PlanRelations.unsupported("UpdateRel or WriteRel with correlated conditions");
    }

    private static String where(SqlSelect select) {
        SqlNode condition = select.getWhere();
        return condition == null ? "" : " WHERE " + PlanDialect.text(condition);
    }

    private String ddl(NamedDdl ddl, List<String> names) {
        String name = name(ddl.getNames());
        String object = switch (ddl.getObject()) {
            case TABLE -> "TABLE ";
            case VIEW -> "VIEW ";
            case UNSPECIFIED -> throw PlanRelations.unsupported("DdlRel of DDL_OBJECT_UNSPECIFIED");
        };
        return switch (ddl.getOperation()) {
            case CREATE -> "CREATE " + object + name + definition(ddl, names);
            case CREATE_OR_REPLACE -> "CREATE OR REPLACE " + object + name + definition(ddl, names);
            case DROP -> "DROP " + object + name;
            case DROP_IF_EXIST -> "DROP " + object + "IF EXISTS " + name;
            default ->
                throw PlanRelations.unsupported(
                        "DdlRel of " + ddl.getOperation().toProto().name());
        };
    }

    private String definition(NamedDdl ddl, List<String> names) {
        NamedStruct schema = ddl.getTableSchema();
        if (ddl.getObject() == DdlObject.VIEW) {
            Rel view = ddl.getViewDefinition()
                    .orElseThrow(() -> new SkyportException(
                            ErrorCode.DATA_EXCEPTION, "The DdlRel creates a view without a definition"));
            return " AS " + query(view, schema.names().isEmpty() ? names : schema.names());
        }
        RelDataType row = TypeConverter.DEFAULT.toCalcite(types, schema.struct(), schema.names());
        return row.getFieldList().stream()
                .map(field -> quoted(field.getName()) + " " + PlanDialect.type(field.getType())
                        + (field.getType().isNullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static List<String> columns(NamedStruct schema) {
        return TypeConverter.DEFAULT
                .toCalcite(SubstraitTypeSystem.TYPE_FACTORY, schema.struct(), schema.names())
                .getFieldNames();
    }

    private static String name(List<String> names) {
        if (names.isEmpty()) {
            throw new SkyportException(ErrorCode.DATA_EXCEPTION, "The plan has a table without a name");
        }
        return names.stream().map(PlanStatements::quoted).collect(Collectors.joining("."));
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
