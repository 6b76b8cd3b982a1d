package io.skyport.sql.validate;

import io.skyport.catalog.SqlType;
import io.skyport.sql.dialect.EngineOperators;
import io.skyport.sql.functions.EngineFunction;
import io.skyport.sql.functions.EngineFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's operators, and beside them the engine's functions by name: they take what they are given, for the engine
 * checks it anyway, and return the type that the engine lists, ANY where it depends.
 */
final class EngineOperatorTable implements SqlOperatorTable {

    private final EngineFunctions functions;
    private final SqlOperatorTable standard = SqlStdOperatorTable.instance();
    private final Map<String, SqlFunction> known = new ConcurrentHashMap<>();

    EngineOperatorTable(EngineFunctions functions) {
        this.functions = functions;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher nameMatcher) {
        if (syntax == SqlSyntax.BINARY) {
            EngineOperators.binaryOperators().stream()
                    .filter(operator -> operator.getName().equals(name.getSimple()))
                    .forEach(operators::add);
        }
        if (operators.isEmpty()) {
            standard.lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
        }
        if (operators.isEmpty() && (syntax == SqlSyntax.FUNCTION || syntax == SqlSyntax.SPECIAL)) {
            SqlFunction function = function(name.names.get(name.names.size() - 1));
            if (function != null) {
                operators.add(function);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return standard.getOperatorList();
    }

    private @Nullable SqlFunction function(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<EngineFunction> made = functions.madeByUsers(lower);
        if (!made.isEmpty()) {
            // What it returns is in its definition, which the engine alone reads.
            return function(lower, made);
        }
        List<EngineFunction> overloads = functions.named(lower);
        return overloads.isEmpty() ? null : known.computeIfAbsent(lower, key -> function(key, overloads));
    }

    private static SqlFunction function(String name, List<EngineFunction> overloads) {
        SqlReturnTypeInference type = call -> returnType(call, overloads);
        return overloads.stream().anyMatch(EngineFunction::isAggregate)
                ? new Aggregate(name, type)
                : new SqlFunction(
                        name,
                        SqlKind.OTHER_FUNCTION,
                        type,
                        InferTypes.ANY_NULLABLE,
                        OperandTypes.VARIADIC,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** What all overloads agree on that take this many arguments. */
    private static RelDataType returnType(SqlOperatorBinding call, List<EngineFunction> overloads) {
        List<String> types = overloads.stream()
                .filter(overload -> overload.takes(call.getOperandCount()))
                .map(overload -> String.valueOf(overload.returnType()))
                .distinct()
                .toList();
        return types.size() == 1 ? type(types.get(0)) : RelTypes.any();
    }

    private static RelDataType type(String name) {
        try {
            return RelTypes.of(SqlType.parse(name), true);
        } catch (IllegalArgumentException generic) {
            return RelTypes.any();
        }
    }

    /** An aggregate of the engine, also over windows. */
    private static final class Aggregate extends SqlAggFunction {
        Aggregate(String name, SqlReturnTypeInference type) {
            super(
                    name,
                    null,
                    SqlKind.OTHER_FUNCTION,
                    type,
                    InferTypes.ANY_NULLABLE,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION,
                    false,
                    false,
                    Optionality.OPTIONAL);
        }
    }
}
