package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT from a query, VALUES or DEFAULT VALUES. */
public final class Insert extends Statement {

    private final SqlIdentifier table;
    private final @Nullable SqlNodeList columns;
    private final @Nullable SqlNode source;

    public Insert(SqlParserPos pos, SqlIdentifier table, @Nullable SqlNodeList columns, @Nullable SqlNode source) {
        super(pos);
        this.table = table;
        this.columns = columns;
        this.source = source;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        ObjectName target = head(printer);
        if (source == null) {
            return Draft.dml(printer.sql(" DEFAULT VALUES"), null);
        }
        printer.sql(" ").query(source);
        Draft draft = Draft.dml(printer, calcite(source));
        EngineText stream = draft.parameters() == 0 ? null : InsertStream.of(this, target, compilation);
        return stream == null ? draft : draft.streaming(stream);
    }

    /** As Calcite knows it. */
    private SqlInsert calcite(SqlNode query) {
        return new SqlInsert(getParserPosition(), SqlNodeList.EMPTY, table, query, columns);
    }

    private ObjectName head(Printer printer) {
        ObjectName target = printer.written(table);
        printer.sql("INSERT INTO ").name(target, table);
        if (columns != null) {
            printer.sql(" ").names(columns);
        }
        return target;
    }

    SqlIdentifier table() {
        return table;
    }

    Optional<SqlNodeList> columns() {
        return Optional.ofNullable(columns);
    }

    Optional<SqlNode> source() {
        return Optional.ofNullable(source);
    }
}
