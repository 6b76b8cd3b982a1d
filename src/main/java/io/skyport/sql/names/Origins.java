package io.skyport.sql.names;

import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a query's columns come from unchanged: columns of tables in FROM, named plainly or by a star. What
 * passes through a subquery, a common table expression or a column that two tables share has no origin. The engine has
 * accepted the query: names need no checking, only finding.
 */
public final class Origins {

    private static final Set<String> SEVERAL_COLUMNS = Set.of("COLUMNS", "UNNEST");

    private final Names names;
    private final Set<String> commonTables = new HashSet<>();

    private Origins(Names names) {
        this.names = names;
    }

    /**
     * One for each of {@code columns}, null where there is none or it cannot be told.
     *
     * @param columns the result's columns as the engine calls them
     */
    public static List<@Nullable ObjectName> of(SqlNode query, Names names, List<String> columns) {
        List<@Nullable Output> outputs = new Origins(names).outputs(query);
        @Nullable ObjectName[] origins = new ObjectName[columns.size()];
        int firstGap = outputs.indexOf(null);
        int before = firstGap < 0 ? outputs.size() : firstGap;
        if (before > columns.size() || (firstGap < 0 && before != columns.size())) {
            return Collections.nCopies(columns.size(), null);
        }
        for (int i = 0; i < before; i++) {
            origins[i] = origin(outputs.get(i), columns.get(i));
        }
        int after = firstGap < 0 ? 0 : outputs.size() - 1 - outputs.lastIndexOf(null);
        for (int i = 1; i <= after && columns.size() - i >= before; i++) {
            origins[columns.size() - i] = origin(outputs.get(outputs.size() - i), columns.get(columns.size() - i));
        }
        return Arrays.asList(origins);
    }

    /** An output column, with the name that it has if all was understood. */
    private record Output(@Nullable String name, @Nullable ObjectName table) {

        static final Output COMPUTED = new Output(null, null);
    }

    private static @Nullable ObjectName origin(@Nullable Output output, String column) {
        return output != null && column.equalsIgnoreCase(output.name()) ? output.table() : null;
    }

    /** Something in FROM: a table of the catalog, or what has no known columns. */
    private record Source(@Nullable String alias, @Nullable Table table) {

        boolean isCalled(List<String> qualifier) {
            if (alias != null) {
                return qualifier.size() == 1 && qualifier.get(0).equalsIgnoreCase(alias);
            }
            if (table == null) {
                return false;
            }
            ObjectName full = table.name();
            List<String> parts = List.of(full.database(), full.schema(), full.name());
            int skipped = parts.size() - qualifier.size();
            return skipped >= 0
                    && String.join(".", parts.subList(skipped, parts.size()))
                            .equalsIgnoreCase(String.join(".", qualifier));
        }

        boolean has(String column) {
            return table != null
                    && table.columns().stream().anyMatch(known -> known.name().equalsIgnoreCase(column));
        }
    }

    /** What FROM offers. */
    private static final class From {
        final List<Source> sources = new ArrayList<>();
        final Set<String> merged = new HashSet<>();
        boolean natural;
    }

    /** In order; null stands for any number of columns. */
    private List<@Nullable Output> outputs(SqlNode query) {
        if (query instanceof SqlOrderBy orderBy) {
            return outputs(orderBy.query);
        }
        if (query instanceof SqlWith with) {
            with.withList.forEach(item ->
                    commonTables.add(((SqlWithItem) item).name.getSimple().toLowerCase(Locale.ROOT)));
            return outputs(with.body);
        }
        if (query instanceof SqlSelect select) {
            return outputs(select);
        }
        List<@Nullable Output> unknown = new ArrayList<>();
        if (query.getKind() == SqlKind.EXPLICIT_TABLE && ((SqlCall) query).operand(0) instanceof SqlIdentifier name) {
            addAll(source(name, null), unknown);
        } else {
            unknown.add(null);
        }
        return unknown;
    }

    private List<@Nullable Output> outputs(SqlSelect select) {
        From from = new From();
        if (select.getFrom() != null) {
            add(select.getFrom(), from);
        }
        List<@Nullable Output> outputs = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            add(item, from, outputs);
        }
        return outputs;
    }

    private void add(SqlNode node, From from) {
        if (node instanceof SqlJoin join) {
            add(join.getLeft(), from);
            switch (join.getJoinType()) {
                case LEFT_SEMI_JOIN, LEFT_ANTI_JOIN -> {}
                default -> add(join.getRight(), from);
            }
            from.natural |= join.isNatural();
            if (join.getCondition() instanceof SqlNodeList using) {
                using.forEach(column ->
                        from.merged.add(((SqlIdentifier) column).getSimple().toLowerCase(Locale.ROOT)));
            }
        } else if (node instanceof SqlIdentifier name) {
            from.sources.add(source(name, null));
        } else if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            String alias = as.operand(1).toString();
            boolean renamed = as.operandCount() > 2;
            from.sources.add(
                    as.operand(0) instanceof SqlIdentifier name && !renamed
                            ? source(name, alias)
                            : new Source(alias, null));
        } else {
            from.sources.add(new Source(null, null));
        }
    }

    private Source source(SqlIdentifier name, @Nullable String alias) {
        boolean common =
                name.isSimple() && commonTables.contains(name.getSimple().toLowerCase(Locale.ROOT));
        @Nullable
        Table table = common
                ? null
                : names.systemTable(name)
                        .or(() -> names.find(name)
                                .flatMap(full -> names.catalog().table(full.database(), full.schema(), full.name())))
                        .orElse(null);
        String unnamed = table == null ? last(name) : null;
        return new Source(alias == null ? unnamed : alias, table);
    }

    private static void add(SqlNode item, From from, List<@Nullable Output> outputs) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            ObjectName table = as.operand(0) instanceof SqlIdentifier column ? table(column, from) : null;
            outputs.add(new Output(as.operand(1).toString(), table));
        } else if (item instanceof SqlIdentifier column && column.isStar()) {
            addStar(column.names.subList(0, column.names.size() - 1), from, outputs);
        } else if (item instanceof SqlIdentifier column) {
            outputs.add(new Output(last(column), table(column, from)));
        } else if (item instanceof SqlStarExclude exclude) {
            addStarWithout(exclude, from, outputs);
        } else if (item instanceof SqlStarReplace replace) {
            addStarReplacing(replace, from, outputs);
        } else {
            outputs.add(isOneColumn(item) ? Output.COMPUTED : null);
        }
    }

    private static void addStarWithout(SqlStarExclude exclude, From from, List<@Nullable Output> outputs) {
        Set<String> excluded = new HashSet<>();
        exclude.getExcludeList()
                .forEach(column -> excluded.add(last((SqlIdentifier) column).toLowerCase(Locale.ROOT)));
        List<@Nullable Output> all = new ArrayList<>();
        add(exclude.getStarIdentifier(), from, all);
        all.stream()
                .filter(output -> output == null || !excluded.contains(folded(output)))
                .forEach(outputs::add);
    }

    private static void addStarReplacing(SqlStarReplace replace, From from, List<@Nullable Output> outputs) {
        Set<String> replaced = new HashSet<>();
        replace.getReplaceList()
                .forEach(as -> replaced.add(((SqlCall) as).operand(1).toString().toLowerCase(Locale.ROOT)));
        List<@Nullable Output> all = new ArrayList<>();
        add(replace.getStarIdentifier(), from, all);
        for (@Nullable Output output : all) {
            outputs.add(output != null && replaced.contains(folded(output)) ? new Output(output.name(), null) : output);
        }
    }

    private static String folded(Output output) {
        return String.valueOf(output.name()).toLowerCase(Locale.ROOT);
    }

    /** Not one of the forms that stand for several columns: stars with changes, COLUMNS(...), an unnested struct. */
    private static boolean isOneColumn(@Nullable SqlNode item) {
        if (!(item instanceof SqlCall call)) {
            return !(item instanceof SqlIdentifier name && name.isStar());
        }
        return call.getKind() == SqlKind.COUNT
                || (!SEVERAL_COLUMNS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))
                        && call.getOperandList().stream().allMatch(Origins::isOneColumn));
    }

    private static void addStar(List<String> qualifier, From from, List<@Nullable Output> outputs) {
        if (qualifier.isEmpty() && from.natural) {
            outputs.add(null);
            return;
        }
        List<@Nullable Output> all = new ArrayList<>();
        for (Source source : from.sources) {
            if (qualifier.isEmpty() || source.isCalled(qualifier)) {
                addAll(source, all);
            }
        }
        Set<String> merged = qualifier.isEmpty() ? new HashSet<>(from.merged) : Set.of();
        Set<String> seen = new HashSet<>();
        for (@Nullable Output output : all) {
            String name = output == null ? "" : folded(output);
            if (output == null || !merged.contains(name)) {
                outputs.add(output);
            } else if (seen.add(name)) {
                outputs.add(new Output(output.name(), null));
            }
        }
    }

    private static void addAll(Source source, List<@Nullable Output> outputs) {
        if (source.table() == null) {
            outputs.add(null);
            return;
        }
        for (Column column : source.table().columns()) {
            outputs.add(new Output(column.name(), source.table().name()));
        }
    }

    private static @Nullable ObjectName table(SqlIdentifier column, From from) {
        String name = last(column);
        List<String> qualifier = column.names.subList(0, column.names.size() - 1);
        boolean merged = from.natural || from.merged.contains(name.toLowerCase(Locale.ROOT));
        if (qualifier.isEmpty() && merged) {
            return null;
        }
        List<Table> candidates = new ArrayList<>();
        for (Source source : from.sources) {
            if (source.table() != null && source.has(name) && (qualifier.isEmpty() || source.isCalled(qualifier))) {
                candidates.add(source.table());
            }
        }
        return candidates.size() == 1 ? candidates.get(0).name() : null;
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }
}
