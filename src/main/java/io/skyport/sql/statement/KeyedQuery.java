package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Table;
import io.skyport.error.SkyportException;
import io.skyport.sql.Keyset;
import io.skyport.sql.names.Names;
import io.skyport.sql.query.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/** A query of rows of one table that is changed to give a key of the table too. */
public final class KeyedQuery {

    private static final String LABEL = "skyport:key ";

    /** Types whose values come back from a list of parameters as they were. */
    private static final Set<String> TYPES = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "HUGEINT",
            "UHUGEINT",
            "DECIMAL",
            "VARCHAR",
            "ENUM",
            "UUID",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE");

    /** Functions that make several rows of one. */
    private static final Set<String> SEVERAL = Set.of("unnest", "unlist", "generate_subscripts");

    private final SqlNode query;
    private final Select select;
    private final int width;

    private KeyedQuery(SqlNode query, Select select, int width) {
        this.query = query;
        this.select = select;
        this.width = width;
    }

    /**
     * Changes a query that was parsed for this alone.
     *
     * @throws SkyportException 0A000 if it is not one of rows of one table with a key
     */
    public static KeyedQuery of(SqlNode query, Names names) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        if (!(body instanceof Select select)) {
            throw Keyset.unusable("it is not one SELECT");
        }
        requirePlain(select);
        SqlNode from = select.getFrom();
        if (from == null) {
            throw Keyset.unusable("it is of no table");
        }
        SqlIdentifier table = table(from);
        String alias = alias(from, table);
        if (names.systemTable(table).isPresent()) {
            throw Keyset.unusable("what the server tells about itself has no key");
        }
        List<Column> key = key(names.existing(table));
        List<SqlNode> items = new ArrayList<>(select.getSelectList());
        for (int i = 0; i < key.size(); i++) {
            SqlNode column = new SqlIdentifier(List.of(alias, key.get(i).name()), SqlParserPos.ZERO);
            SqlNode label = new SqlIdentifier(LABEL + (i + 1), SqlParserPos.ZERO);
            items.add(SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, column, label));
        }
        select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        return new KeyedQuery(query, select, key.size());
    }

    /** How many columns the key has, which are behind the query's own. */
    public int width() {
        return width;
    }

    /** With the query's conditions, order and limits. */
    public SqlNode whole() {
        return query;
    }

    /** Without them: changes {@link #whole()} too. Conditions stay where they do not count, for the sake of their parameters. */
    public SqlNode row() {
        SqlNode where = select.getWhere();
        if (where != null) {
            SqlNode always = SqlLiteral.createBoolean(true, SqlParserPos.ZERO);
            select.setWhere(SqlStdOperatorTable.OR.createCall(SqlParserPos.ZERO, always, where));
        }
        return select;
    }

    private static void requirePlain(Select select) {
        boolean grouped = select.isDistinct()
                || select.distinctOn() != null
                || select.getGroup() != null
                || select.groupByAll()
                || select.getHaving() != null;
        if (grouped || select.getQualify() != null || select.sample() != null) {
            throw Keyset.unusable("it groups, samples or leaves rows out as duplicates");
        }
        try {
            select.getSelectList().accept(new OneRow());
        } catch (Util.FoundOne found) {
            throw Keyset.unusable("a column of it is made of several rows, or makes several of one");
        }
    }

    /** Finds what a column cannot be that shows one row. */
    private static final class OneRow extends SqlBasicVisitor<Void> {

        @Override
        public Void visit(SqlCall call) {
            String function = call.getOperator().getName().toLowerCase(Locale.ROOT);
            if (call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.UNNEST || SEVERAL.contains(function)) {
                throw new Util.FoundOne(call);
            }
            return super.visit(call);
        }
    }

    private static SqlIdentifier table(SqlNode from) {
        if (from instanceof SqlIdentifier name) {
            return name;
        }
        if (from instanceof SqlBasicCall as
                && as.getKind() == SqlKind.AS
                && as.operandCount() == 2
                && as.operand(0) instanceof SqlIdentifier name) {
            return name;
        }
        throw Keyset.unusable("it is not of one table");
    }

    private static String alias(SqlNode from, SqlIdentifier table) {
        SqlIdentifier named = from instanceof SqlBasicCall as ? as.operand(1) : table;
        return named.names.get(named.names.size() - 1);
    }

    private static List<Column> key(Table table) {
        boolean stored = !table.readOnly();
        return Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
                .filter(key -> stored)
                .map(key -> key.columns().stream()
                        .map(table::column)
                        .flatMap(Optional::stream)
                        .toList())
                .filter(columns -> columns.stream().allMatch(KeyedQuery::usable))
                .findFirst()
                .orElseThrow(
                        () -> Keyset.unusable("\"" + table.name().name() + "\" has none whose columns are NOT NULL"));
    }

    private static boolean usable(Column column) {
        return !column.nullable() && TYPES.contains(column.type().baseName());
    }
}
