package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Routine;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.names.Names;
import io.skyport.sql.names.ObjectNames;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DROP SEQUENCE, INDEX, TYPE, MACRO, FUNCTION or MATERIALIZED VIEW. */
public final class DropObject extends Statement {

    private final ObjectKind kind;
    private final boolean ifExists;
    private final List<SqlIdentifier> dropped;
    private final @Nullable SqlIdentifier table;
    private final boolean cascade;

    /** @param table that the index must be of, or null */
    public DropObject(
            SqlParserPos pos,
            ObjectKind kind,
            boolean ifExists,
            List<SqlIdentifier> dropped,
            @Nullable SqlIdentifier table,
            boolean cascade) {
        super(pos, "DROP " + kind.words());
        this.kind = kind;
        this.ifExists = ifExists;
        this.dropped = List.copyOf(dropped);
        this.table = table;
        this.cascade = cascade;
    }

    /** The engine drops one thing at a time. */
    @Override
    public Draft compile(Compilation compilation) {
        if (table != null) {
            requireIndexOf(table, compilation.names());
        }
        List<SqlIdentifier> existing = new ArrayList<>();
        for (SqlIdentifier name : dropped) {
            if (!ifExists || exists(name, compilation.names())) {
                existing.add(name);
            }
        }
        if (existing.isEmpty()) {
            ObjectName target = compilation.names().target(dropped.get(0));
            return Creation.nothing(target.database(), target.schema(), compilation.printer());
        }
        requireOnePlace(existing, compilation);
        Draft draft = Draft.ddl(drop(existing.get(0), compilation.printer(), compilation));
        for (SqlIdentifier name : existing.subList(1, existing.size())) {
            draft = draft.before(drop(name, compilation.newPrinter(), compilation));
        }
        return draft;
    }

    /** {@code DROP INDEX name ON table}: an index lies in its table's schema, so that its name says the table already. */
    private void requireIndexOf(SqlIdentifier owner, Names names) {
        SqlIdentifier index = dropped.get(0);
        Optional<ObjectName> found = find(index, names);
        if (found.isEmpty() && ifExists) {
            return;
        }
        ObjectName named = names.table(owner);
        boolean owned = found.flatMap(name -> names.catalog().indexed(name.database(), name.schema(), name.name()))
                .filter(indexed -> indexed.name().equals(named))
                .isPresent();
        if (!owned) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "index \"" + index + "\" of table \"" + owner + "\" does not exist",
                    index);
        }
    }

    /** A statement changes what all see, or what one session sees. */
    private void requireOnePlace(List<SqlIdentifier> existing, Compilation compilation) {
        List<ObjectName> temporary = existing.stream()
                .flatMap(name -> find(name, compilation.names()).stream())
                .filter(found -> found.database().equals(Engine.TEMPORARY_DATABASE))
                .toList();
        if (!temporary.isEmpty() && temporary.size() < existing.size()) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "what is temporary is dropped in a statement of its own", this);
        }
        temporary.forEach(compilation.printer()::writes);
    }

    private boolean exists(SqlIdentifier name, Names names) {
        return find(name, names).isPresent();
    }

    private Optional<ObjectName> find(SqlIdentifier name, Names names) {
        ObjectNames objects = names.objects();
        return switch (kind) {
            case SEQUENCE -> objects.findSequence(name.names);
            case INDEX -> objects.findIndex(name.names);
            case TYPE -> objects.findType(name.names);
            case FUNCTION ->
                objects.findRoutine(name.names).stream().map(Routine::name).findFirst();
            default -> names.find(name);
        };
    }

    private Printer drop(SqlIdentifier name, Printer printer, Compilation compilation) {
        ObjectNames objects = compilation.names().objects();
        switch (kind) {
            case SEQUENCE -> printer.sql("DROP SEQUENCE ").name(objects.sequence(name), name);
            case INDEX -> {
                ObjectName index = objects.index(name);
                printer.sql("DROP INDEX ").name(index, name);
                compilation
                        .names()
                        .catalog()
                        .indexed(index.database(), index.schema(), index.name())
                        .ifPresent(table -> {
                            KeyRecords.requireUnneeded(
                                    table, index.name(), compilation.names().catalog(), name);
                            compilation.printer().writes(table.name());
                        });
            }
            case TYPE -> printer.sql("DROP TYPE ").name(objects.type(name), name);
            case FUNCTION -> {
                Routine routine = objects.routine(name).get(0);
                printer.sql(routine.inFrom() ? "DROP MACRO TABLE " : "DROP MACRO ")
                        .name(routine.name(), name);
            }
            case MATERIALIZED_VIEW -> {
                ObjectName view = RefreshView.materialized(name, compilation).name();
                printer.sql("DROP TABLE ").name(view, name);
                compilation.printer().writes(view);
            }
            default -> throw unexpected();
        }
        return printer.sql(cascade ? " CASCADE" : "");
    }

    private SkyportException unexpected() {
        return Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "DROP " + kind.words() + " is not supported", this);
    }
}
