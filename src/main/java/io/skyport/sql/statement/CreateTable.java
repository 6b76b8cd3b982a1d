package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.Preparation;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE, from columns or from a query. */
public final class CreateTable extends Statement {

    /** What stands before the columns. */
    public record Head(boolean replace, boolean temporary, boolean ifNotExists, SqlIdentifier name) {}

    private final Head head;
    private final List<SqlNode> elements;
    private final @Nullable SqlNode query;
    private final boolean data;
    private final @Nullable SqlNode comment;

    private CreateTable(
            SqlParserPos pos,
            Head head,
            List<SqlNode> elements,
            @Nullable SqlNode query,
            boolean data,
            @Nullable SqlNode comment) {
        super(pos, "CREATE TABLE");
        this.head = head;
        this.elements = List.copyOf(elements);
        this.query = query;
        this.data = data;
        this.comment = comment;
    }

    public static CreateTable ofElements(
            SqlParserPos pos, Head head, List<SqlNode> elements, @Nullable SqlNode comment) {
        return new CreateTable(pos, head, elements, null, false, comment);
    }

    /** @param data whether the rows are copied, too */
    public static CreateTable asQuery(SqlParserPos pos, Head head, List<SqlNode> columns, SqlNode query, boolean data) {
        return new CreateTable(pos, head, columns, query, data, null);
    }

    @Override
    public Draft compile(Compilation compilation) {
        ObjectName table = head.temporary()
                ? compilation.names().temporary(head.name())
                : compilation.names().target(head.name());
        Optional<Table> existing = compilation.names().catalog().table(table.database(), table.schema(), table.name());
        if (existing.isPresent() && !head.replace() && !head.ifNotExists()) {
            throw Compilation.error(
                    ErrorCode.DUPLICATE_TABLE, "table \"" + table.name() + "\" already exists", head.name());
        }
        compilation.printer().writes(table);
        if (existing.isPresent() && head.ifNotExists() && !head.replace()) {
            return compilation.nothing(table);
        }
        Printer printer = compilation.printer().stored();
        printer.sql(head.replace() ? "CREATE OR REPLACE " : "CREATE ")
                .sql(head.temporary() ? "TEMP TABLE " : "TABLE ")
                .sql(head.ifNotExists() ? "IF NOT EXISTS " : "")
                .name(table, head.name());
        TableElements body = new TableElements(compilation, table, query != null);
        body.print(elements);
        Creation.requireLastingParts(printer.usesTemporaryObject() && !head.temporary(), this);
        if (query != null) {
            printer.sql(" AS ").query(query).sql(data ? "" : " WITH NO DATA");
        }
        Preparation in = body.hasReference() ? new Preparation.UseDatabase(table.database(), table.schema()) : null;
        existing.ifPresent(old -> KeyRecords.written(EnforcedKey.in(old), compilation));
        body.requireReferences();
        Draft draft = compilation
                .withoutParameters(Draft.ddl(printer), "CREATE TABLE")
                .prepared(in);
        Draft whole = commented(body.commented(body.sequences().before(draft)), table, compilation);
        return body.referencing(existing.isPresent() ? replacing(whole, existing.get(), compilation) : whole);
    }

    private Draft replacing(Draft draft, Table old, Compilation compilation) {
        KeyRecords.requireFree(List.of(old), compilation.names().catalog(), head.name());
        return KeyRecords.forgotten(
                OwnedSequences.dropped(draft, List.of(old), compilation), List.of(old), compilation);
    }

    private Draft commented(Draft draft, ObjectName table, Compilation compilation) {
        return comment == null
                ? draft
                : draft.before(compilation
                        .newPrinter()
                        .sql("COMMENT ON TABLE ")
                        .name(table, head.name())
                        .sql(" IS ")
                        .literal(Texts.comment(comment)));
    }
}
