package io.skyport.sql.statement;

import io.skyport.catalog.Identity;
import io.skyport.catalog.MaterializedMarker;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Routine;
import io.skyport.catalog.Sequence;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** COMMENT ON. */
public final class Comment extends Statement {

    private final ObjectKind kind;
    private final SqlIdentifier name;
    private final @Nullable SqlNode text;

    public Comment(SqlParserPos pos, ObjectKind kind, SqlIdentifier name, @Nullable SqlNode text) {
        super(pos, "COMMENT");
        this.kind = kind;
        this.name = name;
        this.text = text;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        String comment = text == null ? null : Texts.comment(text);
        Printer printer = compilation.printer();
        switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW -> relation(names, printer, comment);
            case COLUMN -> column(names, printer, comment);
            case INDEX -> written("INDEX ", names.objects().index(name), printer, comment);
            case SEQUENCE -> {
                ObjectName sequence = names.objects().sequence(name);
                written("SEQUENCE ", sequence, printer, marked(sequence, comment, names));
            }
            case TYPE -> written("TYPE ", names.objects().type(name), printer, comment);
            case FUNCTION -> {
                Routine routine = names.objects().routine(name).get(0);
                written(routine.inFrom() ? "MACRO TABLE " : "MACRO ", routine.name(), printer, comment);
            }
            case SCHEMA, DATABASE ->
                throw Compilation.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "COMMENT ON " + kind.words() + " is not supported", this);
        }
        return Draft.ddl(printer);
    }

    /** The comment of a sequence that belongs to an identity column begins with saying so. */
    private static @Nullable String marked(ObjectName sequence, @Nullable String comment, Names names) {
        return names.catalog()
                .sequence(sequence.database(), sequence.schema(), sequence.name())
                .map(Sequence::identity)
                .map(identity -> Identity.comment(identity.always(), comment))
                .orElse(comment);
    }

    private void relation(Names names, Printer printer, @Nullable String comment) {
        Table table = table(name, names);
        requireKind(table);
        String engineComment =
                table.materialized() == null ? comment : new MaterializedMarker(table.materialized(), comment).text();
        written(
                table.kind() == TableKind.VIEW || table.external() != null ? "VIEW " : "TABLE ",
                table.name(),
                printer,
                engineComment);
        printer.writes(table.name());
    }

    private void requireKind(Table table) {
        boolean fits = switch (kind) {
            case VIEW -> table.kind() == TableKind.VIEW;
            case MATERIALIZED_VIEW -> table.kind() == TableKind.MATERIALIZED_VIEW;
            default -> table.kind() == TableKind.TABLE || table.kind() == TableKind.LOCAL_TEMPORARY;
        };
        if (!fits) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE, "\"" + table.name().name() + "\" is a " + Creation.words(table), name);
        }
    }

    /** The last part of the name is the column's. */
    private void column(Names names, Printer printer, @Nullable String comment) {
        int parts = name.names.size();
        if (parts < 2) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "COMMENT ON COLUMN takes table.column", name);
        }
        Table table = table(name.skipLast(1), names);
        String column = table.column(name.names.get(parts - 1))
                .orElseThrow(() -> undefinedColumn(table))
                .name();
        printer.sql("COMMENT ON COLUMN ").name(table.name(), name).sql(".").quoted(column);
        is(printer, comment);
        printer.writes(table.name());
    }

    private SkyportException undefinedColumn(Table table) {
        return Compilation.error(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name.names.get(name.names.size() - 1) + "\" of table \""
                        + table.name().name() + "\" does not exist",
                name);
    }

    private static Table table(SqlIdentifier name, Names names) {
        ObjectName found = names.table(name);
        return names.catalog()
                .table(found.database(), found.schema(), found.name())
                .orElseThrow(() -> names.undefinedTable(name));
    }

    private void written(String words, ObjectName object, Printer printer, @Nullable String comment) {
        if (object.database().equals(Engine.TEMPORARY_DATABASE)) {
            printer.writes(object);
        }
        printer.sql("COMMENT ON " + words).name(object, name);
        is(printer, comment);
    }

    private static void is(Printer printer, @Nullable String comment) {
        printer.sql(" IS ");
        if (comment == null) {
            printer.sql("NULL");
        } else {
            printer.literal(comment);
        }
    }
}
