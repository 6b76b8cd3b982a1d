package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A query of one table as two: which rows it has, told by the values of a key, and what a row of a key shows.
 *
 * @param members gives the keys alone, in the order of the query
 * @param rows gives, for lists of keys, a row for each: the query's columns, and whether the row is there. Its
 *     parameters are the first ones of the query's, without those of its order and limits, and behind them a list for each
 *     column of the key
 * @param columns the query's
 */
public record Keyset(CompiledStatement members, CompiledStatement rows, List<ResultColumn> columns) {

    private static final SqlType BOOLEAN = SqlType.parse("BOOLEAN");

    /**
     * @param all the query with the key's columns behind its own
     * @param row the same without conditions, order and limits
     * @param width how many columns the key has
     */
    static Keyset of(CompiledStatement all, CompiledStatement row, int width) {
        int own = all.columns().size() - width;
        List<ResultColumn> keys = all.columns().subList(own, all.columns().size());
        List<ResultColumn> columns = all.columns().subList(0, own);
        String members = "SELECT " + list("q", "k", width) + " FROM (";
        CompiledStatement found = with(all, members, all.engineSql(), named("q", own, width), keys);
        List<ResultColumn> shown = new ArrayList<>(columns);
        shown.add(new ResultColumn("found", BOOLEAN, null));
        return new Keyset(found, joined(row, own, keys, shown), columns);
    }

    private static CompiledStatement joined(
            CompiledStatement row, int own, List<ResultColumn> keys, List<ResultColumn> shown) {
        int parameters = row.parameters().size();
        int width = keys.size();
        StringBuilder lists = new StringBuilder();
        for (int i = 0; i < width; i++) {
            lists.append("unnest(").append(list(keys.get(i), parameters + i)).append("), ");
        }
        lists.append("generate_subscripts(")
                .append(list(keys.get(0), parameters))
                .append(", 1)");
        String condition = IntStream.rangeClosed(1, width)
                .mapToObj(i -> "\"q\".\"k" + i + "\" = \"l\".\"k" + i + "\"")
                .collect(Collectors.joining(" AND "));
        String before =
                "SELECT " + (own == 0 ? "" : list("q", "c", own) + ", ") + "\"q\".\"k1\" IS NOT NULL FROM (SELECT "
                        + lists + ") AS \"l\"(" + names("k", width) + ", \"o\") LEFT JOIN (";
        String behind = named("q", own, width) + " ON " + condition + " ORDER BY \"l\".\"o\"";
        return with(row, before, row.engineSql(), behind, shown);
    }

    /** A parameter, given by its index from 0, that is a list of a key's values. */
    private static String list(ResultColumn key, int parameter) {
        return "CAST($" + (parameter + 1) + " AS " + key.type().wireType().name() + "[])";
    }

    private static String named(String alias, int own, int width) {
        String columns = own == 0 ? "" : names("c", own) + ", ";
        return ") AS " + EngineNames.quoted(alias) + "(" + columns + names("k", width) + ")";
    }

    private static String names(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> EngineNames.quoted(prefix + i))
                .collect(Collectors.joining(", "));
    }

    private static String list(String table, String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> EngineNames.quoted(table) + "." + EngineNames.quoted(prefix + i))
                .collect(Collectors.joining(", "));
    }

    private static CompiledStatement with(
            CompiledStatement statement, String before, String sql, String behind, List<ResultColumn> columns) {
        return new CompiledStatement(
                statement.text(),
                StatementKind.QUERY,
                before + sql + behind,
                statement.parameters(),
                columns,
                statement.reads(),
                statement.writes(),
                statement.isVolatile(),
                null,
                null,
                statement.sourceMap().shifted(before.length()),
                null,
                Companions.NONE,
                KeyUse.NONE,
                statement.asked(),
                statement.command());
    }

    /** @throws SkyportException 0A000 if a key did not give one row, which a column that makes several of one does */
    public void requireOneRowPerKey(long rows, long keys) {
        if (rows != keys) {
            throw unusable("a column of it makes several rows of one");
        }
    }

    /** Why a query cannot be one of a keyset cursor. */
    public static SkyportException unusable(String reason) {
        return new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a keyset cursor needs a query of rows of one table that has a primary or unique key: " + reason);
    }
}
