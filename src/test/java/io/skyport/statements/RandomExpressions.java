package io.skyport.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes expressions of a wanted type over the columns in scope. */
final class RandomExpressions {

    static final List<String> TYPES =
            List.of("INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "LIST");

    private static final Map<String, List<String>> LITERALS = Map.of(
            "INTEGER",
                    List.of(
                            "0",
                            "1",
                            "2",
                            "7",
                            "-1",
                            "100",
                            "2147483647",
                            "-2147483648",
                            "NULL",
                            "CAST(NULL AS INTEGER)"),
            "BIGINT", List.of("CAST(3 AS BIGINT)", "9223372036854775807", "-9223372036854775807", "4294967296"),
            "DOUBLE",
                    List.of(
                            "0.5e0",
                            "1e10",
                            "-2.25e0",
                            "1e-3",
                            "CAST('NaN' AS DOUBLE)",
                            "CAST('inf' AS DOUBLE)",
                            "0e0"),
            "DECIMAL", List.of("1.5", "0.01", "-99.99", "12345.678", "0.5", "0.0"),
            "VARCHAR", List.of("''", "'a'", "'abc'", "'A b'", "'it''s'", "'%'", "'ä€😀'", "' x '", "'10'", "'null'"),
            "BOOLEAN", List.of("TRUE", "FALSE", "NULL", "CAST(NULL AS BOOLEAN)"),
            "DATE", List.of("DATE '2020-02-29'", "DATE '1970-01-01'", "DATE '1999-12-31'", "CAST(NULL AS DATE)"),
            "TIMESTAMP", List.of("TIMESTAMP '2020-02-29 23:59:59.999'", "TIMESTAMP '1969-12-31 00:00:00'"),
            "LIST", List.of("ARRAY[1, 2, 3]", "ARRAY[3, NULL, 1]", "CAST(NULL AS INTEGER[])"));
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=", "!=");
    private static final List<String> ORDERED =
            List.of("INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN");

    /** A column in scope. */
    record Column(String name, String type) {}

    private final Random random;
    private List<Column> scope = List.of();
    /** Makes sub-queries of one column; null where there are none to be. */
    private RandomQueries queries;

    RandomExpressions(Random random) {
        this.random = random;
    }

    void subqueries(RandomQueries made) {
        this.queries = made;
    }

    List<Column> scope() {
        return scope;
    }

    /** What is made inside sees these columns only. */
    <T> T within(List<Column> columns, Supplier<T> made) {
        List<Column> outer = scope;
        scope = columns;
        try {
            return made.get();
        } finally {
            scope = outer;
        }
    }

    String anyType() {
        return pick(TYPES);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    SqlTree of(String type, int depth) {
        if (depth <= 0 || random.nextInt(8) == 0) {
            return leaf(type);
        }
        return random.nextInt(4) == 0 ? general(type, depth - 1) : special(type, depth - 1);
    }

    SqlTree leaf(String type) {
        List<Column> columns =
                scope.stream().filter(column -> column.type().equals(type)).toList();
        if (!columns.isEmpty() && random.nextInt(4) != 0) {
            return SqlTree.of(type, pick(columns).name());
        }
        return SqlTree.of(type, pick(LITERALS.get(type)));
    }

    /** What there is for every type. */
    private SqlTree general(String type, int depth) {
        Supplier<SqlTree> same = () -> of(type, depth);
        return switch (random.nextInt(9)) {
            case 0 ->
                SqlTree.of(
                        type,
                        "CASE WHEN ",
                        of("BOOLEAN", depth),
                        " THEN ",
                        same.get(),
                        SqlTree.maybe(" ELSE ", same.get()),
                        " END");
            case 1 -> {
                String on = pick(ORDERED);
                yield SqlTree.of(
                        type,
                        "CASE ",
                        of(on, depth),
                        " WHEN ",
                        of(on, depth),
                        " THEN ",
                        same.get(),
                        " ELSE ",
                        same.get(),
                        " END");
            }
            case 2 -> SqlTree.of(type, "COALESCE(", same.get(), SqlTree.maybe(", ", same.get()), ")");
            case 3 -> SqlTree.of(type, "NULLIF(", same.get(), ", ", same.get(), ")");
            case 4 -> SqlTree.of(type, "(", same.get(), ")");
            case 5 -> SqlTree.of(type, "CAST(", same.get(), " AS ", sqlType(type), ")");
            case 6 -> SqlTree.of(type, "(", same.get(), ")::", sqlType(type));
            case 7 ->
                type.equals("LIST")
                        ? leaf(type)
                        : SqlTree.of(type, pick(List.of("GREATEST(", "LEAST(")), same.get(), ", ", same.get(), ")");
            default ->
                queries == null || depth < 1 ? leaf(type) : SqlTree.of(type, "(", queries.scalar(type, depth - 1), ")");
        };
    }

    static String sqlType(String type) {
        return switch (type) {
            case "DECIMAL" -> "DECIMAL(12,3)";
            case "LIST" -> "INTEGER[]";
            default -> type;
        };
    }

    private SqlTree special(String type, int depth) {
        return switch (type) {
            case "INTEGER" -> integer(depth);
            case "BIGINT" -> bigint(depth);
            case "DOUBLE" -> floating(depth);
            case "DECIMAL" -> decimal(depth);
            case "VARCHAR" -> text(depth);
            case "BOOLEAN" -> truth(depth);
            case "DATE" -> date(depth);
            case "TIMESTAMP" -> timestamp(depth);
            default -> list(depth);
        };
    }

    private SqlTree binary(String type, List<String> operators, int depth) {
        return SqlTree.of(type, "(", of(type, depth), " " + pick(operators) + " ", of(type, depth), ")");
    }

    private SqlTree call(String type, String function, SqlTree... arguments) {
        List<Object> parts = new ArrayList<>(List.of(function, "("));
        for (int i = 0; i < arguments.length; i++) {
            if (i > 0) {
                parts.add(", ");
            }
            parts.add(arguments[i]);
        }
        parts.add(")");
        return new SqlTree(type, parts, false);
    }

    private SqlTree integer(int depth) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> binary("INTEGER", List.of("+", "-", "*", "//", "%", "&", "|"), depth);
            case 3 -> SqlTree.of("INTEGER", "(- ", of("INTEGER", depth), ")");
            case 4 -> call("INTEGER", "abs", of("INTEGER", depth));
            case 5 -> SqlTree.of("INTEGER", "CAST(", call("BIGINT", "length", of("VARCHAR", depth)), " AS INTEGER)");
            case 6 ->
                SqlTree.of(
                        "INTEGER",
                        "CAST(",
                        of(pick(List.of("VARCHAR", "DOUBLE", "DECIMAL", "BIGINT")), depth),
                        " AS INTEGER)");
            case 7 ->
                SqlTree.of(
                        "INTEGER",
                        "TRY_CAST(",
                        of(pick(List.of("VARCHAR", "DOUBLE", "BIGINT")), depth),
                        " AS INTEGER)");
            case 8 ->
                SqlTree.of(
                        "INTEGER",
                        "CAST(EXTRACT(",
                        pick(List.of("YEAR", "MONTH", "DAY", "DOW", "QUARTER")),
                        " FROM ",
                        of("DATE", depth),
                        ") AS INTEGER)");
            case 9 -> SqlTree.of("INTEGER", of("LIST", 0), "[", of("INTEGER", depth), "]");
            case 10 ->
                SqlTree.of("INTEGER", "CAST(POSITION(", leaf("VARCHAR"), " IN ", of("VARCHAR", depth), ") AS INTEGER)");
            default -> SqlTree.of("INTEGER", "mod(", of("INTEGER", depth), ", ", of("INTEGER", depth), ")");
        };
    }

    private SqlTree bigint(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> binary("BIGINT", List.of("+", "-", "*", "//", "%"), depth);
            case 2 ->
                SqlTree.of(
                        "BIGINT",
                        "(",
                        of("BIGINT", depth),
                        pick(List.of(" + ", " - ", " * ")),
                        of("INTEGER", depth),
                        ")");
            case 3 -> SqlTree.of("BIGINT", "date_diff('day', ", of("DATE", depth), ", ", of("DATE", depth), ")");
            case 4 -> call("BIGINT", "length", of("VARCHAR", depth));
            default -> SqlTree.of("BIGINT", "CAST(", of("INTEGER", depth), " AS BIGINT)");
        };
    }

    private SqlTree floating(int depth) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> binary("DOUBLE", List.of("+", "-", "*"), depth);
            case 2 ->
                call(
                        "DOUBLE",
                        pick(List.of("floor", "ceil", "round", "abs", "sqrt", "exp", "sign")),
                        of("DOUBLE", depth));
            case 3 ->
                SqlTree.of("DOUBLE", "CAST(", of(pick(List.of("INTEGER", "VARCHAR", "DECIMAL")), depth), " AS DOUBLE)");
            case 4 -> SqlTree.of("DOUBLE", "(", of("DOUBLE", depth), " * ", of("INTEGER", depth), ")");
            case 5 -> call("DOUBLE", "power", of("DOUBLE", depth), of("INTEGER", depth));
            default -> SqlTree.of("DOUBLE", "(", of("DOUBLE", depth), " ** 2)");
        };
    }

    private SqlTree decimal(int depth) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> binary("DECIMAL", List.of("+", "-", "*"), depth);
            case 2 ->
                SqlTree.of(
                        "DECIMAL",
                        "CAST(",
                        of(pick(List.of("INTEGER", "VARCHAR", "DOUBLE")), depth),
                        " AS DECIMAL(10,2))");
            case 3 -> SqlTree.of("DECIMAL", "round(", of("DECIMAL", depth), ", 1)");
            default -> SqlTree.of("DECIMAL", "(", of("DECIMAL", depth), " + ", of("INTEGER", depth), ")");
        };
    }

    private SqlTree text(int depth) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> binary("VARCHAR", List.of("||"), depth);
            case 2 ->
                call("VARCHAR", pick(List.of("upper", "lower", "ltrim", "reverse", "UPPER")), of("VARCHAR", depth));
            case 3 ->
                SqlTree.of(
                        "VARCHAR",
                        "SUBSTRING(",
                        of("VARCHAR", depth),
                        " FROM ",
                        of("INTEGER", 0),
                        SqlTree.maybe(" FOR ", of("INTEGER", 0)),
                        ")");
            case 4 -> SqlTree.of("VARCHAR", "substr(", of("VARCHAR", depth), ", 2, 3)");
            case 5 -> SqlTree.of("VARCHAR", "CAST(", of(anyType(), depth), " AS VARCHAR)");
            case 6 -> call("VARCHAR", "replace", of("VARCHAR", depth), of("VARCHAR", 0), of("VARCHAR", 0));
            case 7 ->
                SqlTree.of(
                        "VARCHAR",
                        "TRIM(",
                        pick(List.of("BOTH", "LEADING", "TRAILING")),
                        " ",
                        of("VARCHAR", 0),
                        " FROM ",
                        of("VARCHAR", depth),
                        ")");
            case 8 -> call("VARCHAR", "concat", of("VARCHAR", depth), of(pick(ORDERED), depth));
            case 9 -> SqlTree.of("VARCHAR", pick(List.of("left(", "right(")), of("VARCHAR", depth), ", 2)");
            case 10 -> SqlTree.of("VARCHAR", "lpad(", of("VARCHAR", depth), ", 5, '*')");
            default -> SqlTree.of("VARCHAR", "(", of(anyType(), depth), ")::VARCHAR");
        };
    }

    private SqlTree truth(int depth) {
        String type = pick(ORDERED);
        Supplier<SqlTree> one = () -> of(type, depth);
        Supplier<SqlTree> text = () -> of("VARCHAR", depth);
        String not = random.nextInt(3) == 0 ? "NOT " : "";
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> SqlTree.of("BOOLEAN", "(", one.get(), " " + pick(COMPARISONS) + " ", one.get(), ")");
            case 3, 4 ->
                SqlTree.of(
                        "BOOLEAN",
                        "(",
                        of("BOOLEAN", depth),
                        pick(List.of(" AND ", " OR ")),
                        of("BOOLEAN", depth),
                        ")");
            case 5 -> SqlTree.of("BOOLEAN", "(NOT ", of("BOOLEAN", depth), ")");
            case 6 -> SqlTree.of("BOOLEAN", "(", one.get(), " IS " + not + "NULL)");
            case 7 -> SqlTree.of("BOOLEAN", "(", one.get(), " IS " + not + "DISTINCT FROM ", one.get(), ")");
            case 8 -> SqlTree.of("BOOLEAN", "(", one.get(), " " + not + "BETWEEN ", one.get(), " AND ", one.get(), ")");
            case 9 ->
                SqlTree.of(
                        "BOOLEAN", "(", one.get(), " " + not + "IN (", one.get(), SqlTree.maybe(", ", one.get()), "))");
            case 10 ->
                SqlTree.of("BOOLEAN", "(", text.get(), " " + not + pick(List.of("LIKE ", "ILIKE ")), text.get(), ")");
            case 11 -> SqlTree.of("BOOLEAN", "(", text.get(), " " + not + "LIKE ", text.get(), " ESCAPE '!')");
            case 12 ->
                SqlTree.of("BOOLEAN", "(", of("BOOLEAN", depth), " IS " + not + pick(List.of("TRUE", "FALSE")), ")");
            case 13 ->
                queries == null || depth < 1
                        ? leaf("BOOLEAN")
                        : SqlTree.of(
                                "BOOLEAN",
                                "(",
                                one.get(),
                                " " + not + "IN (",
                                queries.scalar(type, depth - 1, false),
                                "))");
            case 14 ->
                queries == null || depth < 1
                        ? leaf("BOOLEAN")
                        : SqlTree.of("BOOLEAN", "(" + not + "EXISTS (", queries.scalar(type, depth - 1, false), "))");
            default ->
                SqlTree.of(
                        "BOOLEAN",
                        "((",
                        one.get(),
                        ", ",
                        text.get(),
                        ") " + pick(List.of("=", "<>", "<", ">=")) + " (",
                        one.get(),
                        ", ",
                        text.get(),
                        "))");
        };
    }

    private SqlTree date(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> SqlTree.of("DATE", "(", of("DATE", depth), pick(List.of(" + ", " - ")), of("INTEGER", 0), ")");
            case 1 -> SqlTree.of("DATE", "CAST(", of(pick(List.of("TIMESTAMP", "VARCHAR")), depth), " AS DATE)");
            case 2 -> SqlTree.of("DATE", "TRY_CAST(", of("VARCHAR", depth), " AS DATE)");
            case 3 -> SqlTree.of("DATE", "CAST(date_trunc('month', ", of("DATE", depth), ") AS DATE)");
            default -> SqlTree.of("DATE", "last_day(", of("DATE", depth), ")");
        };
    }

    private SqlTree timestamp(int depth) {
        return switch (random.nextInt(4)) {
            case 0 ->
                SqlTree.of(
                        "TIMESTAMP",
                        "(",
                        of("TIMESTAMP", depth),
                        pick(List.of(" + ", " - ")),
                        pick(List.of("INTERVAL '1' DAY", "INTERVAL '90' MINUTE", "INTERVAL 1 MONTH")),
                        ")");
            case 1 -> SqlTree.of("TIMESTAMP", "CAST(", of("DATE", depth), " AS TIMESTAMP)");
            case 2 -> SqlTree.of("TIMESTAMP", "CAST(date_trunc('hour', ", of("TIMESTAMP", depth), ") AS TIMESTAMP)");
            default -> SqlTree.of("TIMESTAMP", "(", of("DATE", depth), " + INTERVAL '1' DAY)");
        };
    }

    private SqlTree list(int depth) {
        return switch (random.nextInt(3)) {
            case 0 ->
                SqlTree.of("LIST", "ARRAY[", of("INTEGER", depth), SqlTree.maybe(", ", of("INTEGER", depth)), "]");
            case 1 -> call("LIST", "list_concat", of("LIST", depth), of("LIST", 0));
            default -> call("LIST", "list_sort", of("LIST", depth));
        };
    }
}
