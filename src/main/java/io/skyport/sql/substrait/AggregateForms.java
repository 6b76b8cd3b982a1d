package io.skyport.sql.substrait;

import io.substrait.extension.SimpleExtension.ExtensionCollection;
import io.substrait.isthmus.expression.AggregateFunctionConverter;
import io.substrait.isthmus.expression.WindowFunctionConverter;
import io.substrait.type.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/** Aggregate functions of Substrait that Isthmus does not read: those that the engine has. */
final class AggregateForms {

    private static final Map<String, SqlAggFunction> FORMS = forms();
    /** Where a word says which: of the sample, if there is none. */
    private static final Map<String, SqlAggFunction> OF_POPULATION =
            Map.of("std_dev", function("stddev_pop"), "variance", function("var_pop"));

    private static final Set<String> WITH_WORD = Set.of("std_dev", "variance");

    private AggregateForms() {}

    private static Map<String, SqlAggFunction> forms() {
        Map<String, SqlAggFunction> forms = new HashMap<>();
        for (String same : List.of("bool_and", "bool_or", "any_value", "median", "mode", "corr", "string_agg")) {
            forms.put(same, function(same));
        }
        forms.put("std_dev", function("stddev_samp"));
        forms.put("variance", function("var_samp"));
        forms.put("bitwise_and", function("bit_and"));
        forms.put("bitwise_or", function("bit_or"));
        forms.put("bitwise_xor", function("bit_xor"));
        return Map.copyOf(forms);
    }

    private static SqlAggFunction function(String name) {
        return new SqlAggFunction(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE_IF_EMPTY,
                InferTypes.ANY_NULLABLE,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL) {};
    }

    /** The function for {@code name}, of a call with the words {@code words}; empty if Isthmus knows, or nobody. */
    static Optional<SqlAggFunction> of(String name, List<String> words) {
        boolean population = words.contains("POPULATION");
        return Optional.ofNullable(population ? OF_POPULATION.get(name) : FORMS.get(name));
    }

    static boolean takesWord(String name) {
        return WITH_WORD.contains(name);
    }

    private static String name(String key) {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    /** Isthmus' aggregates and these. */
    static final class Aggregates extends AggregateFunctionConverter {
        Aggregates(ExtensionCollection extensions, RelDataTypeFactory types) {
            super(extensions.aggregateFunctions(), types);
        }

        @Override
        public Optional<SqlOperator> getSqlOperatorFromSubstraitFunc(String key, Type type) {
            Optional<SqlOperator> own = of(name(key), List.of()).map(SqlOperator.class::cast);
            return own.isPresent() ? own : super.getSqlOperatorFromSubstraitFunc(key, type);
        }
    }

    /** Isthmus' window functions and these. */
    static final class Windows extends WindowFunctionConverter {
        private final Aggregates aggregates;

        Windows(ExtensionCollection extensions, RelDataTypeFactory types, Aggregates aggregates) {
            super(extensions.windowFunctions(), types);
            this.aggregates = aggregates;
        }

        @Override
        public Optional<SqlOperator> getSqlOperatorFromSubstraitFunc(String key, Type type) {
            Optional<SqlOperator> window = super.getSqlOperatorFromSubstraitFunc(key, type);
            return window.isPresent() ? window : aggregates.getSqlOperatorFromSubstraitFunc(key, type);
        }
    }
}
