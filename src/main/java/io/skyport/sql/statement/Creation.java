package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** What all that is created has in common: its name is free, or the statement says what happens if not. */
final class Creation {

    private final Compilation compilation;
    private final SqlIdentifier name;
    private final boolean replace;
    private final boolean ifNotExists;

    Creation(Compilation compilation, SqlIdentifier name, boolean replace, boolean ifNotExists) {
        this.compilation = compilation;
        this.name = name;
        this.replace = replace;
        this.ifNotExists = ifNotExists;
    }

    /** Engine connections carry no state of a session. */
    static void requireLasting(boolean temporary, String kind, SqlNode statement) {
        if (temporary) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE TEMPORARY " + kind + " is not supported", statement);
        }
    }

    /** What stays is used by other sessions. */
    static void requireLastingSources(Printer printer, boolean temporary, SqlNode definition) {
        requireLastingParts(printer.usesTemporary() && !temporary, definition);
    }

    /** The same for what reads no tables, though it may look like one. */
    static void requireLastingParts(boolean usesTemporary, SqlNode definition) {
        if (usesTemporary) {
            throw Compilation.error(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "what uses something temporary must be temporary itself",
                    definition);
        }
    }

    /** What is created, and whether a session keeps it for itself. */
    static ObjectName target(Compilation compilation, SqlIdentifier name, boolean temporary) {
        if (!temporary) {
            return compilation.names().target(name);
        }
        ObjectName target = compilation.names().temporary(name);
        compilation.printer().writes(target);
        return target;
    }

    /** The words before a name. */
    static String words(boolean replace, boolean temporary, String kind) {
        return (replace ? "CREATE OR REPLACE " : "CREATE ") + (temporary ? "TEMP " : "") + kind + " ";
    }

    static void requireOneWay(boolean replace, boolean ifNotExists, SqlNode statement) {
        if (replace && ifNotExists) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "OR REPLACE and IF NOT EXISTS contradict each other", statement);
        }
    }

    /**
     * Checks the name of a table or view.
     *
     * @return whether it exists and nothing is to do
     * @throws io.skyport.error.SkyportException 42P07 if it is taken, 42809 if something of another kind would be replaced
     */
    boolean relation(ObjectName wanted, TableKind kind) {
        Optional<Table> existing =
                compilation.names().catalog().table(wanted.database(), wanted.schema(), wanted.name());
        if (existing.isEmpty() || ifNotExists) {
            return existing.isPresent();
        }
        Table taken = existing.get();
        if (!replace) {
            throw taken(ErrorCode.DUPLICATE_TABLE, words(taken), taken.name());
        }
        if (taken.kind() != kind || taken.external() != null) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "\"" + taken.name().name() + "\" is a " + words(taken) + ", which CREATE OR REPLACE "
                            + kind.typeName() + " does not replace",
                    name);
        }
        return false;
    }

    /**
     * Checks the name of something else.
     *
     * @return whether it exists and nothing is to do
     */
    boolean object(Optional<ObjectName> existing, ErrorCode duplicate, ObjectKind kind) {
        if (existing.isEmpty() || ifNotExists) {
            return existing.isPresent();
        }
        if (!replace) {
            throw taken(duplicate, kind.words().toLowerCase(Locale.ROOT), existing.get());
        }
        return false;
    }

    private RuntimeException taken(ErrorCode duplicate, String kind, ObjectName taken) {
        return Compilation.error(duplicate, kind + " \"" + taken.name() + "\" already exists", name);
    }

    static String words(Table table) {
        return table.kind().typeName().toLowerCase(Locale.ROOT);
    }

    /** IF NOT EXISTS of what exists: a statement of the same kind that changes nothing. */
    Draft nothing(ObjectName existing) {
        return nothing(existing.database(), existing.schema(), compilation.printer());
    }

    static Draft nothing(String database, String schema, Printer printer) {
        return Draft.ddl(printer.sql("CREATE SCHEMA IF NOT EXISTS ")
                .quoted(database.equals(Engine.TEMPORARY_DATABASE) ? Engine.DEFAULT_DATABASE : database)
                .sql(".")
                .quoted(schema));
    }
}
