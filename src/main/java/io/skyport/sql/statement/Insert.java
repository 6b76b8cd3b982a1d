package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** INSERT from a query, VALUES or DEFAULT VALUES. */
public final class Insert extends Statement {

    private static final String IGNORE = "OR IGNORE";
    private static final String EXCLUDED = "excluded";

    private final Target target;
    private final Parts parts;

    public Insert(SqlParserPos pos, Target target, Parts parts) {
        super(pos, "INSERT");
        this.target = target;
        this.parts = parts;
    }

    /** What the grammar finds, one after the other. */
    public static final class Parts {
        private final @Nullable SqlNodeList with;
        private @Nullable String action;
        private @Nullable String by;
        private @Nullable SqlNodeList columns;
        private boolean overriding;
        private @Nullable SqlNode source;
        private @Nullable OnConflict conflict;
        private @Nullable SqlNodeList returning;

        public Parts(@Nullable SqlNodeList with) {
            this.with = with;
        }

        /** {@code OR REPLACE} or {@code OR IGNORE}. */
        public void action(String words) {
            this.action = words;
        }

        /** {@code BY NAME} or {@code BY POSITION}. */
        public void by(String words) {
            this.by = words;
        }

        public void columns(SqlNodeList names) {
            this.columns = names;
        }

        /** OVERRIDING SYSTEM VALUE. */
        public void overriding() {
            this.overriding = true;
        }

        public void source(SqlNode query) {
            this.source = query;
        }

        public void onConflict(OnConflict clause) {
            this.conflict = clause;
        }

        public void returning(SqlNodeList items) {
            this.returning = items;
        }
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer().with(parts.with);
        WrittenTable table = target.find(compilation, "insert into");
        head(table, printer);
        if (parts.source != null && parts.by == null) {
            parts.source = new StoredLiterals(table, compilation.names()).in(parts.source, columns(table));
        }
        if (parts.source == null) {
            printer.sql(" DEFAULT VALUES");
        } else {
            checkWidths(parts.source, table);
            checkGenerated(parts.source, table);
            printer.sql(" ").query(parts.source);
        }
        if (parts.conflict != null) {
            parts.conflict.print(target, table, compilation);
        }
        if (parts.returning != null) {
            printer.reads(table.name());
            printer.returning(unaliased(parts.returning), table.name());
        }
        Draft draft = withKeys(
                Draft.dml(printer, parts.source == null ? null : checked(parts.source, table)), table, compilation);
        EngineText stream = draft.parameters() == 0 ? null : InsertStream.of(this, table, compilation);
        return stream == null ? draft : draft.streaming(stream);
    }

    /** Rows that are there already may be changed by ON CONFLICT and OR REPLACE. */
    private Draft withKeys(Draft draft, WrittenTable table, Compilation compilation) {
        Set<String> changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (parts.conflict != null && parts.conflict.assignments() != null) {
            Set<String> same = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            if (parts.conflict.columns() != null) {
                same.addAll(TableElements.names(parts.conflict.columns()));
            }
            parts.conflict.assignments().forEach(assignment -> changed.addAll(assignment.changes(same)));
            KeyActions.refuseUnknown(table, compilation, changed, "ON CONFLICT DO UPDATE", this);
        } else if (parts.action != null && !parts.action.equals(IGNORE)) {
            changed.addAll(table.insertable());
            if (!table.hasOneKey()) {
                // A row that is met by one key gets the others of the new row.
                KeyActions unused = KeyActions.of(table, compilation, key -> true);
            }
        }
        Draft inserting = KeyChecks.inserting(draft, table, compilation);
        return changed.isEmpty() ? inserting : KeyChecks.updating(inserting, table, changed, compilation);
    }

    private void head(WrittenTable table, Printer printer) {
        printer.sql(parts.action == null ? "INSERT INTO " : "INSERT " + parts.action + " INTO ");
        target.print(printer, table.name());
        if (parts.by != null) {
            printer.sql(" " + parts.by);
        }
        if (parts.columns != null) {
            table.requireColumns(parts.columns);
            printer.sql(" ").names(parts.columns);
        }
    }

    /** What the engine would say without a place. */
    private void checkWidths(SqlNode source, WrittenTable table) {
        if (source.getKind() != SqlKind.VALUES
                || parts.by != null
                || (table.definition() == null && parts.columns == null)) {
            return;
        }
        int wanted = parts.columns == null ? table.insertable().size() : parts.columns.size();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            int given = values(row).size();
            if (given != wanted) {
                throw Compilation.error(
                        ErrorCode.SYNTAX_ERROR, "INSERT has " + wanted + " columns and " + given + " values", row);
            }
        }
    }

    /** OVERRIDING SYSTEM VALUE lets values into identity columns. */
    private void checkGenerated(SqlNode source, WrittenTable table) {
        List<String> columns = parts.overriding || parts.by != null ? List.of() : columns(table);
        for (int i = 0; i < columns.size(); i++) {
            SqlNode place = parts.columns == null ? source : Objects.requireNonNull(parts.columns.get(i));
            if (source.getKind() != SqlKind.VALUES) {
                table.requireTakes(columns.get(i), null, place);
            } else {
                for (SqlNode row : ((SqlCall) source).getOperandList()) {
                    table.requireTakes(columns.get(i), values(row).get(i), place);
                }
            }
        }
    }

    static List<SqlNode> values(SqlNode row) {
        return row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
    }

    /** In RETURNING the engine knows the table by its own name only. */
    private SqlNodeList unaliased(SqlNodeList returning) {
        SqlIdentifier alias = target.alias();
        if (alias == null) {
            return returning;
        }
        SqlNode renamed = returning.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier name) {
                boolean aliased = name.names.size() > 1 && name.names.get(0).equalsIgnoreCase(alias.getSimple());
                return aliased ? name.setName(0, Target.last(target.table())) : name;
            }
        });
        return (SqlNodeList) Objects.requireNonNull(renamed);
    }

    /** What Calcite can check: it does not know ON CONFLICT. */
    private SqlNode checked(SqlNode source, WrittenTable table) {
        OnConflict conflict = parts.conflict;
        if (conflict == null || conflict.assignments() == null || source.getKind() != SqlKind.VALUES) {
            SqlNode query = parts.with == null ? source : new SqlWith(SqlParserPos.ZERO, parts.with, source);
            return new SqlInsert(getParserPosition(), SqlNodeList.EMPTY, target.table(), query, parts.columns);
        }
        CheckedQuery query =
                new CheckedQuery(target).from(target.called(new SqlIdentifier(EXCLUDED, getParserPosition())));
        List<String> columns = columns(table);
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            List<SqlNode> values = values(row);
            for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
                query.assigned(columns.get(i), values.get(i));
            }
        }
        return query.assigned(conflict.assignments()).where(conflict.where()).build(parts.with);
    }

    /** The columns that take the values, in their order. */
    List<String> columns(WrittenTable table) {
        return parts.columns == null
                ? table.insertable()
                : parts.columns.stream().map(Object::toString).toList();
    }

    Optional<SqlNode> source() {
        return Optional.ofNullable(parts.source);
    }

    /**
     * Whether many rows at once do the same as one after the other. Not where a row may change one that was inserted
     * before it: the engine would drop it.
     */
    boolean isUnordered() {
        boolean keepsFirst = parts.conflict == null || parts.conflict.assignments() == null;
        boolean ignores = parts.action == null || parts.action.equals(IGNORE);
        return parts.with == null && parts.by == null && keepsFirst && ignores;
    }

    /**
     * The key by which rows change those that are there, if they meet no others: none if the table has another key, if the
     * key itself changes, or if a change depends on a query, a parameter or chance.
     */
    List<String> changedByKey(WrittenTable table) {
        boolean plain = parts.with == null && parts.by == null && parts.returning == null;
        return plain && table.hasOneKey() && changesAlone(table.onlyKey()) ? table.onlyKey() : List.of();
    }

    private boolean changesAlone(List<String> key) {
        OnConflict conflict = parts.conflict;
        if (conflict == null) {
            return parts.action != null && !parts.action.equals(IGNORE);
        }
        return parts.action == null && conflict.changesAlone(key);
    }

    Target target() {
        return target;
    }

    /** Writes ON CONFLICT ... DO UPDATE, if there is one. */
    void printChange(WrittenTable table, Compilation compilation) {
        if (parts.conflict != null) {
            parts.conflict.print(target, table, compilation);
        }
    }

    /** What stands between INSERT and INTO. */
    String action() {
        return parts.action == null ? "" : parts.action + " ";
    }

    /** Writes ON CONFLICT ... DO NOTHING, if there is one. */
    void printConflict(WrittenTable table, Printer printer) {
        if (parts.conflict != null) {
            printer.sql(" ON CONFLICT");
            parts.conflict.key(table, printer);
            printer.sql(" DO NOTHING");
        }
    }
}
