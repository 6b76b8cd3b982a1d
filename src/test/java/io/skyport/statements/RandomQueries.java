package io.skyport.statements;

import io.skyport.statements.RandomExpressions.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes queries over {@link #TABLES}. */
final class RandomQueries {

    /** Small, with NULLs, duplicates and values at the edges. */
    static final List<String> TABLES = List.of(
            "CREATE TABLE t (a INTEGER, b BIGINT, d DOUBLE, n DECIMAL(12,3), s VARCHAR, f BOOLEAN, dt DATE, ts TIMESTAMP,"
                    + " l INTEGER[])",
            "INSERT INTO t VALUES (1, 10, 0.5, 1.5, 'a', true, DATE '2020-02-29', TIMESTAMP '2020-02-29 12:00:00', ARRAY[1, 2]),"
                    + " (2, 20, -0.25, 2.25, 'B', false, DATE '1999-12-31', TIMESTAMP '1999-12-31 23:59:59.123', ARRAY[3, NULL]),"
                    + " (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                    + " (2, -1, 1e10, 0, '', true, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00', ARRAY[1]),"
                    + " (NULL, 9223372036854775807, 0, -99.999, 'ä%_', false, DATE '2038-01-19', NULL, ARRAY[2147483647])",
            "CREATE TABLE u (a INTEGER, s VARCHAR, n DECIMAL(12,3), dt DATE)",
            "INSERT INTO u VALUES (1, 'a', 1.5, DATE '2020-02-29'), (2, 'x', NULL, NULL), (2, NULL, 3, DATE '2021-01-01'),"
                    + " (NULL, 'b', 1, DATE '1999-12-31'), (2147483647, '10', -1, DATE '1970-01-01')",
            "CREATE TABLE e (a INTEGER, s VARCHAR, n DECIMAL(12,3), dt DATE)");

    private static final List<Column> T = List.of(
            new Column("a", "INTEGER"),
            new Column("b", "BIGINT"),
            new Column("d", "DOUBLE"),
            new Column("n", "DECIMAL"),
            new Column("s", "VARCHAR"),
            new Column("f", "BOOLEAN"),
            new Column("dt", "DATE"),
            new Column("ts", "TIMESTAMP"),
            new Column("l", "LIST"));
    private static final List<Column> U = List.of(
            new Column("a", "INTEGER"),
            new Column("s", "VARCHAR"),
            new Column("n", "DECIMAL"),
            new Column("dt", "DATE"));
    private static final List<String> COMPARABLE =
            List.of("INTEGER", "BIGINT", "DECIMAL", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP");

    private final Random random;
    private final RandomExpressions expressions;
    private int aliases;

    RandomQueries(Random random) {
        this.random = random;
        this.expressions = new RandomExpressions(random);
        expressions.subqueries(this);
    }

    /** A source of rows: its text after FROM and the columns it gives. */
    private record Source(SqlTree tree, List<Column> columns) {}

    /** A query of one value. */
    SqlTree scalar(String type, int depth) {
        return scalar(type, depth, true);
    }

    /** A query of one column. */
    SqlTree scalar(String type, int depth, boolean one) {
        Source source = table();
        List<Column> seen = new ArrayList<>(expressions.scope());
        seen.addAll(source.columns());
        return expressions.within(seen, () -> {
            SqlTree value = expressions.of(type, depth);
            SqlTree where =
                    random.nextBoolean() ? SqlTree.maybe(" WHERE ", expressions.of("BOOLEAN", depth)) : SqlTree.maybe();
            return one && !type.equals("LIST")
                    ? SqlTree.of("", "SELECT max(", value, ") FROM ", source.tree(), where)
                    : SqlTree.of(
                            "", "SELECT ", value, " FROM ", source.tree(), where, one ? " ORDER BY 1 LIMIT 1" : "");
        });
    }

    /** A whole statement. */
    SqlTree query(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> setOperation(depth);
            case 1 -> withClause(depth);
            default -> ordered(select(depth));
        };
    }

    /** A query and the types of its columns. */
    private record Typed(SqlTree tree, List<String> types) {}

    private SqlTree ordered(Typed query) {
        if (random.nextInt(3) == 0) {
            return query.tree();
        }
        String order = IntStream.rangeClosed(1, query.types().size())
                .mapToObj(i -> i
                        + expressions.pick(List.of("", " DESC", " NULLS FIRST", " ASC NULLS LAST", " DESC NULLS LAST")))
                .collect(Collectors.joining(", "));
        SqlTree limit = SqlTree.maybe(expressions.pick(
                List.of("", " LIMIT 3", " LIMIT 2 OFFSET 1", " OFFSET 1", " FETCH FIRST 2 ROWS ONLY")));
        return SqlTree.of("", query.tree(), SqlTree.maybe(" ORDER BY " + order, limit));
    }

    private Typed select(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> grouped(depth);
            case 1 -> windowed(depth);
            default -> plain(depth, types(1 + random.nextInt(3)));
        };
    }

    private List<String> types(int count) {
        return IntStream.range(0, count).mapToObj(i -> expressions.anyType()).toList();
    }

    private Typed plain(int depth, List<String> types) {
        Source source = source(depth);
        return expressions.within(source.columns(), () -> {
            List<SqlTree> items = types.stream()
                    .map(type -> item(expressions.of(type, depth)))
                    .toList();
            String distinct = random.nextInt(5) == 0 ? "DISTINCT " : "";
            return new Typed(
                    SqlTree.of(
                            "",
                            "SELECT " + distinct,
                            SqlTree.joined(", ", items),
                            " FROM ",
                            source.tree(),
                            where(depth)),
                    types);
        });
    }

    private SqlTree item(SqlTree value) {
        return random.nextInt(3) == 0 ? SqlTree.of("", value, SqlTree.maybe(" AS c" + aliases++)) : value;
    }

    private SqlTree where(int depth) {
        return random.nextInt(3) == 0 ? SqlTree.maybe() : SqlTree.maybe(" WHERE ", expressions.of("BOOLEAN", depth));
    }

    private Typed grouped(int depth) {
        Source source = source(depth);
        return expressions.within(source.columns(), () -> {
            List<Column> keys = source.columns().stream()
                    .filter(column -> COMPARABLE.contains(column.type()) && random.nextInt(3) == 0)
                    .limit(2)
                    .toList();
            List<SqlTree> items = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (Column key : keys) {
                items.add(SqlTree.of("", key.name()));
                types.add(key.type());
            }
            for (int i = 0; i <= random.nextInt(2); i++) {
                items.add(item(aggregate(depth)));
                types.add("");
            }
            String names = keys.stream().map(Column::name).collect(Collectors.joining(", "));
            String by = keys.isEmpty()
                    ? ""
                    : " GROUP BY "
                            + expressions.pick(List.of(
                                    names,
                                    names,
                                    "ROLLUP (" + names + ")",
                                    "CUBE (" + names + ")",
                                    "GROUPING SETS ((" + names + "), ())"));
            SqlTree having = random.nextInt(3) == 0
                    ? SqlTree.maybe(
                            " HAVING ",
                            SqlTree.of("BOOLEAN", "count(*) " + expressions.pick(List.of(">", "<=", "=")) + " 1"))
                    : SqlTree.maybe();
            return new Typed(
                    SqlTree.of(
                            "",
                            "SELECT ",
                            SqlTree.joined(", ", items),
                            " FROM ",
                            source.tree(),
                            where(depth),
                            by,
                            having),
                    types);
        });
    }

    private SqlTree aggregate(int depth) {
        SqlTree filter = random.nextInt(4) == 0
                ? SqlTree.maybe(" FILTER (WHERE ", expressions.of("BOOLEAN", depth - 1), ")")
                : SqlTree.maybe();
        String distinct = random.nextInt(4) == 0 ? "DISTINCT " : "";
        String any = expressions.pick(COMPARABLE);
        return switch (random.nextInt(6)) {
            case 0 -> SqlTree.of("", "count(*)", filter);
            case 1 -> SqlTree.of("", "count(" + distinct, expressions.of(any, depth - 1), ")", filter);
            case 2 ->
                SqlTree.of("", expressions.pick(List.of("min(", "max(")), expressions.of(any, depth - 1), ")", filter);
            case 3 ->
                SqlTree.of(
                        "",
                        "sum(" + distinct,
                        expressions.of(expressions.pick(List.of("INTEGER", "DECIMAL")), depth - 1),
                        ")",
                        filter);
            case 4 -> SqlTree.of("", "avg(", expressions.of("INTEGER", depth - 1), ")", filter);
            default -> SqlTree.of("", "bool_and(", expressions.of("BOOLEAN", depth - 1), ")", filter);
        };
    }

    private Typed windowed(int depth) {
        Source source = table();
        return expressions.within(source.columns(), () -> {
            String order = source.columns().stream()
                    .filter(column -> COMPARABLE.contains(column.type()))
                    .map(Column::name)
                    .collect(Collectors.joining(", "));
            SqlTree partition = random.nextBoolean()
                    ? SqlTree.maybe("PARTITION BY ", expressions.of(expressions.pick(COMPARABLE), 1), " ")
                    : SqlTree.maybe();
            String frame = expressions.pick(List.of(
                    "",
                    " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                    " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
                    " ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE CURRENT ROW"));
            String function = expressions.pick(List.of(
                    "row_number()",
                    "rank()",
                    "dense_rank()",
                    "lag(a)",
                    "lead(a, 1, 0)",
                    "sum(a)",
                    "count(*)",
                    "max(n)",
                    "first_value(s)",
                    "ntile(2)",
                    "cume_dist()",
                    "percent_rank()",
                    "nth_value(a, 2)"));
            SqlTree over =
                    SqlTree.of("", function + " OVER (", partition, "ORDER BY " + order, SqlTree.maybe(frame), ")");
            SqlTree qualify = random.nextInt(4) == 0
                    ? SqlTree.maybe(" QUALIFY row_number() OVER (ORDER BY " + order + ") <= 2")
                    : SqlTree.maybe();
            String type = expressions.anyType();
            return new Typed(
                    SqlTree.of(
                            "",
                            "SELECT ",
                            expressions.of(type, depth),
                            ", ",
                            over,
                            " FROM ",
                            source.tree(),
                            where(depth - 1),
                            qualify),
                    List.of(type, ""));
        });
    }

    private SqlTree setOperation(int depth) {
        List<String> types = types(1 + random.nextInt(2)).stream()
                .map(type -> type.equals("LIST") ? "INTEGER" : type)
                .toList();
        String operator =
                expressions.pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL"));
        SqlTree tree = SqlTree.of(
                "",
                plain(depth - 1, types).tree(),
                SqlTree.maybe(" " + operator + " ", plain(depth - 1, types).tree()));
        return ordered(new Typed(tree, types));
    }

    private SqlTree withClause(int depth) {
        List<String> types = types(2);
        String names = "x, y";
        List<Column> columns = List.of(new Column("x", types.get(0)), new Column("y", types.get(1)));
        SqlTree inner = plain(depth - 1, types).tree();
        return expressions.within(
                columns,
                () -> SqlTree.of(
                        "",
                        "WITH w (" + names + ") AS (",
                        inner,
                        ") SELECT ",
                        expressions.of(expressions.anyType(), depth - 1),
                        ", x FROM w",
                        where(depth - 1)));
    }

    private Source source(int depth) {
        return switch (depth < 1 ? 0 : random.nextInt(6)) {
            case 0, 1, 2 -> table();
            case 3 -> derived(depth);
            default -> joined(depth);
        };
    }

    private Source table() {
        String name = expressions.pick(List.of("t", "t", "u", "u", "e"));
        String alias = "r" + aliases++;
        List<Column> columns = (name.equals("t") ? T : U)
                .stream()
                        .map(column -> new Column(alias + "." + column.name(), column.type()))
                        .toList();
        boolean bare = random.nextInt(3) == 0;
        return bare && aliases == 1
                ? new Source(SqlTree.of("", name), name.equals("t") ? T : U)
                : new Source(SqlTree.of("", name + expressions.pick(List.of(" ", " AS ")) + alias), columns);
    }

    private Source derived(int depth) {
        List<String> types = types(2);
        String alias = "r" + aliases++;
        SqlTree tree = SqlTree.of("", "(", plain(depth - 1, types).tree(), ") AS " + alias + " (x, y)");
        return new Source(
                tree, List.of(new Column(alias + ".x", types.get(0)), new Column(alias + ".y", types.get(1))));
    }

    private Source joined(int depth) {
        Source left = table();
        Source right = random.nextInt(3) == 0 ? derived(depth - 1) : table();
        List<Column> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        String kind =
                expressions.pick(List.of(" JOIN ", " LEFT JOIN ", " RIGHT OUTER JOIN ", " FULL JOIN ", " INNER JOIN "));
        if (random.nextInt(6) == 0) {
            return new Source(
                    SqlTree.of("", left.tree(), expressions.pick(List.of(" CROSS JOIN ", ", ")), right.tree()),
                    columns);
        }
        SqlTree condition = expressions.within(columns, () -> expressions.of("BOOLEAN", depth - 1));
        return new Source(SqlTree.of("", left.tree(), kind, right.tree(), " ON ", condition), columns);
    }
}
