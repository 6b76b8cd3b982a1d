package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.extension.SimpleExtension.AggregateFunctionVariant;
import io.substrait.extension.SimpleExtension.EnumArgument;
import io.substrait.extension.SimpleExtension.ExtensionCollection;
import io.substrait.extension.SimpleExtension.Function;
import io.substrait.extension.SimpleExtension.ScalarFunctionVariant;
import io.substrait.extension.SimpleExtension.WindowFunctionVariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The functions that plans may call, found as producers name them: by a signature ({@code sum:i64}), one of an older
 * version of the specification, or none at all ({@code sum}). Immutable.
 */
final class PlanFunctions {

    /** Names that producers use and the specification does not. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("substr", "substring"),
            Map.entry("date_part", "extract"),
            Map.entry("mod", "modulus"),
            Map.entry("mean", "avg"),
            Map.entry("length", "char_length"),
            Map.entry("character_length", "char_length"),
            Map.entry("strlen", "char_length"),
            Map.entry("stddev", "std_dev"),
            Map.entry("stddev_samp", "std_dev"),
            Map.entry("var", "variance"),
            Map.entry("var_samp", "variance"),
            Map.entry("prefix", "starts_with"),
            Map.entry("suffix", "ends_with"),
            Map.entry("ceiling", "ceil"),
            Map.entry("pow", "power"),
            Map.entry("count_star", "count"),
            Map.entry("sum_no_overflow", "sum"),
            Map.entry("negative", "negate"),
            Map.entry("btrim", "trim"),
            Map.entry("position", "strpos"),
            Map.entry("is_distinct", "is_distinct_from"));

    /** Counts of arguments that producers use and the specification does not know: LIKE with its escape. */
    private static final Map<String, Integer> OTHER_COUNTS =
            Map.of("like", 3, "std_dev", 1, "variance", 1, "extract", 2);

    /** How a function is called: with how many arguments, and which of them are words of an enumeration. */
    record Shape(List<Boolean> enums) {}

    private final Map<String, List<Function>> scalar = new HashMap<>();
    private final Map<String, List<Function>> aggregate = new HashMap<>();
    private final Map<String, List<Function>> window = new HashMap<>();

    PlanFunctions(ExtensionCollection extensions) {
        extensions.scalarFunctions().forEach(function -> add(scalar, function));
        extensions.aggregateFunctions().forEach(function -> add(aggregate, function));
        Stream.concat(
                        extensions.windowFunctions().stream(),
                        extensions.aggregateFunctions().stream().map(PlanFunctions::window))
                .forEach(function -> add(window, function));
    }

    private static Function window(AggregateFunctionVariant function) {
        return io.substrait.extension.ImmutableSimpleExtension.WindowFunctionVariant.builder()
                .from(function)
                .build();
    }

    private static void add(Map<String, List<Function>> functions, Function function) {
        functions
                .computeIfAbsent(function.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                .add(function);
    }

    ScalarFunctionVariant scalar(DeclaredFunction declared, Shape shape) {
        return (ScalarFunctionVariant) find(scalar, declared, shape);
    }

    AggregateFunctionVariant aggregate(DeclaredFunction declared, Shape shape) {
        return (AggregateFunctionVariant) find(aggregate, declared, shape);
    }

    WindowFunctionVariant window(DeclaredFunction declared, Shape shape) {
        return (WindowFunctionVariant) find(window, declared, shape);
    }

    private static Function find(Map<String, List<Function>> functions, DeclaredFunction declared, Shape shape) {
        if (!declared.standard()) {
            throw unsupported(declared.name() + " of " + declared.namespace());
        }
        String name = declared.baseName();
        List<Function> named = functions.getOrDefault(name, functions.get(ALIASES.getOrDefault(name, name)));
        if (named == null) {
            throw unsupported(declared.name());
        }
        return named.stream()
                .filter(function -> function.key().equals(declared.name()) && fits(function, shape))
                .findFirst()
                .or(() ->
                        named.stream().filter(function -> fits(function, shape)).findFirst())
                .orElseThrow(() ->
                        unsupported(declared.name() + " with " + shape.enums().size() + " arguments"));
    }

    private static boolean fits(Function function, Shape shape) {
        int count = shape.enums().size();
        if (!function.getRange().within(count) && count != OTHER_COUNTS.getOrDefault(function.name(), -1)) {
            return false;
        }
        for (int i = 0; i < Math.min(count, function.args().size()); i++) {
            boolean takesWord = function.args().get(i) instanceof EnumArgument;
            if (shape.enums().get(i) && !takesWord) {
                return false;
            }
        }
        return true;
    }

    static SkyportException unsupported(String function) {
        return new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "The Substrait function " + function + " is not supported");
    }
}
