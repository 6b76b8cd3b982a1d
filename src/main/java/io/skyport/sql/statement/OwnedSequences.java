package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The sequences that one statement makes for identity columns. Each is created and marked as owned before the statement,
 * because the engine has neither identity columns nor owners.
 */
final class OwnedSequences {

    private final Compilation compilation;
    private final ObjectName table;
    private final Set<String> taken = new HashSet<>();
    private final List<Printer> statements = new ArrayList<>();

    OwnedSequences(Compilation compilation, ObjectName table) {
        this.compilation = compilation;
        this.table = table;
    }

    /** Makes the sequence of a column, named as PostgreSQL does. */
    ObjectName create(SqlIdentifier source, String column, IdentityOptions options) {
        ObjectName sequence = free((table.name() + "_" + column + "_seq").replace("\"", ""));
        Printer.nameInText(sequence, source);
        statements.add(compilation
                .newPrinter()
                .sql(table.database().equals(Engine.TEMPORARY_DATABASE) ? "CREATE TEMP SEQUENCE " : "CREATE SEQUENCE ")
                .name(sequence, source)
                .sql(options.sql()));
        statements.add(mark(sequence, options.always(), null, source, compilation));
        return sequence;
    }

    /** Says that a column owns the sequence. */
    static Printer mark(
            ObjectName sequence,
            boolean always,
            @Nullable String comment,
            SqlIdentifier source,
            Compilation compilation) {
        return compilation
                .newPrinter()
                .sql("COMMENT ON SEQUENCE ")
                .name(sequence, source)
                .sql(" IS ")
                .literal(Identity.comment(always, comment));
    }

    /** The draft with the sequences made before it. */
    Draft before(Draft draft) {
        Draft whole = draft;
        for (Printer statement : statements) {
            whole = whole.after(statement);
        }
        return whole;
    }

    private ObjectName free(String wanted) {
        CatalogSnapshot catalog = compilation.names().catalog();
        String name = wanted;
        for (int i = 1; isTaken(catalog, name); i++) {
            name = wanted + i;
        }
        taken.add(name.toLowerCase(Locale.ROOT));
        return new ObjectName(table.database(), table.schema(), name);
    }

    private boolean isTaken(CatalogSnapshot catalog, String name) {
        return taken.contains(name.toLowerCase(Locale.ROOT))
                || catalog.sequence(table.database(), table.schema(), name).isPresent();
    }

    /** The draft with the sequences dropped after it that go with {@code tables}: no other table's column uses them. */
    static Draft dropped(Draft draft, List<Table> tables, Compilation compilation) {
        Set<ObjectName> kept = new HashSet<>();
        Set<ObjectName> going = new HashSet<>();
        Set<ObjectName> names = new HashSet<>();
        tables.forEach(table -> names.add(table.name()));
        for (Table table : compilation.names().catalog().tables()) {
            Set<ObjectName> side = names.contains(table.name()) ? going : kept;
            table.columns().stream()
                    .map(Column::identity)
                    .filter(Objects::nonNull)
                    .map(Identity::sequence)
                    .forEach(side::add);
        }
        going.removeAll(kept);
        Draft whole = draft;
        for (ObjectName sequence : going) {
            whole = whole.before(drop(sequence, compilation));
        }
        return whole;
    }

    static Printer drop(ObjectName sequence, Compilation compilation) {
        return compilation
                .newPrinter()
                .sql("DROP SEQUENCE ")
                .quoted(sequence.database())
                .sql(".")
                .quoted(sequence.schema())
                .sql(".")
                .quoted(sequence.name());
    }
}
