package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** ALTER SEQUENCE ... OWNED BY: all that the engine can change of a sequence. */
public final class AlterSequence extends Statement {

    private final boolean ifExists;
    private final SqlIdentifier name;
    private final SequenceOptions options;

    public AlterSequence(SqlParserPos pos, boolean ifExists, SqlIdentifier name, SequenceOptions options) {
        super(pos, "ALTER SEQUENCE");
        this.ifExists = ifExists;
        this.name = name;
        this.options = options;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        if (ifExists && names.objects().findSequence(name.names).isEmpty()) {
            ObjectName target = names.target(name);
            return Creation.nothing(target.database(), target.schema(), compilation.printer());
        }
        ObjectName sequence = names.objects().sequence(name);
        SqlIdentifier owner = options.owner();
        if (!options.isOwnerOnly() || owner == null) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "ALTER SEQUENCE takes OWNED BY table only: the engine changes nothing else of a sequence",
                    this);
        }
        Printer printer = owned(sequence, name, owner, compilation);
        if (sequence.database().equals(Engine.TEMPORARY_DATABASE)) {
            printer.writes(sequence);
        }
        return Draft.ddl(printer);
    }

    /** A sequence that belongs to a table goes with it. */
    static Printer owned(ObjectName sequence, SqlIdentifier name, SqlIdentifier owner, Compilation compilation) {
        ObjectName table = table(owner, compilation.names());
        if (!table.database().equals(sequence.database())) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a sequence belongs to a table of its own database", owner);
        }
        return compilation
                .newPrinter()
                .sql("ALTER SEQUENCE ")
                .name(sequence, name)
                .sql(" OWNED BY ")
                // The engine looks in the sequence's own database, and takes no name of one.
                .quoted(table.schema())
                .sql(".")
                .quoted(table.name());
    }

    /** {@code table.column}, as PostgreSQL says it, or {@code table}. */
    private static ObjectName table(SqlIdentifier owner, Names names) {
        List<String> parts = owner.names;
        if (parts.size() > 1) {
            Optional<ObjectName> table = names.find(parts.subList(0, parts.size() - 1));
            String column = parts.get(parts.size() - 1);
            if (table.flatMap(found -> names.catalog().table(found.database(), found.schema(), found.name()))
                    .flatMap(found -> found.column(column))
                    .isPresent()) {
                return table.get();
            }
        }
        return names.find(parts)
                .filter(found -> names.catalog()
                        .table(found.database(), found.schema(), found.name())
                        .map(Table::readOnly)
                        .map(readOnly -> !readOnly)
                        .orElse(false))
                .orElseThrow(() -> names.undefinedTable(owner));
    }
}
