package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.SqlType;
import io.skyport.engine.EngineConnection;
import io.skyport.error.SkyportException;
import io.skyport.sql.functions.EngineFunction;
import io.skyport.sql.functions.EngineFunctions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every function of the engine, called with the types it lists: Skyport announces what the engine does. */
class FunctionsTest extends CompilerTestBase {

    /** What the engine's list means by names that are no types. */
    private static final Map<String, String> GENERIC = Map.ofEntries(
            Map.entry("ANY", "INTEGER"),
            Map.entry("T", "INTEGER"),
            Map.entry("K", "VARCHAR"),
            Map.entry("V", "INTEGER"),
            Map.entry("ANY[]", "INTEGER[]"),
            Map.entry("T[]", "INTEGER[]"),
            Map.entry("K[]", "VARCHAR[]"),
            Map.entry("V[]", "INTEGER[]"),
            Map.entry("LIST", "INTEGER[]"),
            Map.entry("MAP", "MAP(VARCHAR, INTEGER)"),
            Map.entry("MAP(K, V)", "MAP(VARCHAR, INTEGER)"),
            Map.entry("STRUCT", "STRUCT(a INTEGER)"),
            Map.entry("UNION", "UNION(a INTEGER)"),
            Map.entry("ENUM", "ENUM('a', 'b')"),
            Map.entry("ARRAY", "INTEGER[3]"),
            Map.entry("FLOAT[ANY]", "FLOAT[3]"),
            Map.entry("DOUBLE[ANY]", "DOUBLE[3]"),
            Map.entry("DECIMAL", "DECIMAL(10,2)"),
            Map.entry("\"NULL\"", "INTEGER"),
            Map.entry("NULL", "INTEGER"));

    /** Differences with a reason, by function. */
    private static final Map<String, String> KNOWN = Map.of(
            "nextval", "a sequence is named by a literal, which is looked up in the catalog",
            "currval", "as nextval",
            "position", "the engine reads POSITION(a IN b) only, Skyport also position(a, b)");

    /** What has a meaning over a window only. */
    private static final Set<String> WINDOW = Set.of(
            "cume_dist",
            "dense_rank",
            "fill",
            "first",
            "first_value",
            "lag",
            "last",
            "last_value",
            "lead",
            "nth_value",
            "ntile",
            "percent_rank",
            "rank",
            "rank_dense",
            "row_number");

    /** They run text or change the engine, or give every file away: FunctionPrinter refuses them. */
    private static final String REFUSED = "is not available";

    /** How many calls there were when this was written; fewer tell that the list was read wrongly. */
    private static final int ENOUGH = 2_000;

    @Test
    void every_typed_call_of_a_scalar_function_or_aggregate_has_the_engines_type() {
        List<String> differences = new ArrayList<>();
        Set<String> calls = calls();
        int accepted = 0;
        try (EngineConnection connection = engine.acquire()) {
            for (String call : calls) {
                String ours = announced(call);
                String engines = described(connection, call);
                accepted += engines.startsWith("42") ? 0 : 1;
                if (!same(ours, engines, call)) {
                    differences.add(call + ": " + ours + ", the engine: " + engines);
                }
            }
        }
        System.out.println(calls.size() + " calls, " + accepted + " accepted by the engine");
        assertThat(differences).isEmpty();
        assertThat(accepted).isGreaterThan(ENOUGH);
    }

    private static boolean same(String ours, String engines, String call) {
        boolean sumOfIntegers = call.startsWith("sum(") && engines.equals("HUGEINT") && ours.equals("BIGINT");
        boolean bothRefuse = engines.startsWith("42") || engines.startsWith("22") || engines.startsWith("0A");
        boolean refused = ours.contains(REFUSED);
        return ours.equals(engines) || sumOfIntegers || refused || (bothRefuse && ours.matches("(?s)[024][2A].*"));
    }

    private Set<String> calls() {
        EngineFunctions functions = new EngineFunctions(engine, catalog);
        Set<String> calls = new LinkedHashSet<>();
        functions.names().stream()
                .sorted()
                .flatMap(name -> functions.named(name).stream())
                .filter(function -> !function.isTable() && !KNOWN.containsKey(function.name()))
                .forEach(function -> calls.add(call(function)));
        return calls;
    }

    private static String call(EngineFunction function) {
        Stream<String> varargs = function.varargs() == null ? Stream.of() : Stream.of(function.varargs());
        boolean plain = function.name().matches("[a-z_][a-z0-9_]*");
        return Stream.concat(function.parameterTypes().stream(), varargs)
                .map(type -> "CAST(NULL AS " + GENERIC.getOrDefault(type, type) + ")")
                .collect(Collectors.joining(
                        ", ",
                        (plain ? function.name() : '"' + function.name() + '"') + "(",
                        WINDOW.contains(function.name()) ? ") OVER (ORDER BY 1)" : ")"));
    }

    private String announced(String call) {
        try {
            return String.join(", ", types(compile("SELECT " + call)));
        } catch (SkyportException failure) {
            return failure.code().sqlState() + " " + failure.text();
        }
    }

    private static String described(EngineConnection connection, String call) {
        try {
            return connection.describe("SELECT " + call).columns().stream()
                    .map(column -> SqlType.parse(column.typeName()).name())
                    .collect(Collectors.joining(", "));
        } catch (SkyportException failure) {
            return failure.code().sqlState() + " "
                    + failure.text().lines().findFirst().orElse("");
        }
    }
}
