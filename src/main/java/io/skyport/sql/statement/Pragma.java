package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.SessionChange;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** PRAGMA: those that list something, as drivers of the engine and of SQLite send them. */
public final class Pragma extends Statement {

    private final SqlIdentifier name;
    private final @Nullable SqlNode argument;

    public Pragma(SqlParserPos pos, SqlIdentifier name, @Nullable SqlNode argument) {
        super(pos, "PRAGMA");
        this.name = name;
        this.argument = argument;
    }

    @Override
    public Draft compile(Compilation compilation) {
        String pragma = name.getSimple().toLowerCase(Locale.ROOT);
        return switch (pragma) {
            case "show_tables" -> new Show(getParserPosition(), Show.What.TABLES, null, null).compile(compilation);
            case "show_databases", "database_list" ->
                new Show(getParserPosition(), Show.What.DATABASES, null, null).compile(compilation);
            case "version" -> Draft.query(compilation.printer().sql("SELECT * FROM pragma_version()"), null);
            case "table_info" -> tableInfo(compilation);
            case "enable_verification",
                    "disable_verification",
                    "verify_parallelism",
                    "disable_verify_parallelism",
                    "verify_external",
                    "disable_verify_external",
                    "verify_serializer",
                    "disable_verify_serializer",
                    "verify_fetch_row",
                    "disable_verify_fetch_row",
                    "enable_progress_bar",
                    "disable_progress_bar",
                    "disable_print_progress_bar",
                    "enable_object_cache",
                    "disable_object_cache" ->
                // For the engine's developers and its shell: they change no answer.
                Draft.session(compilation.printer(), new SessionChange.Reset(pragma));
            default ->
                throw Compilation.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "PRAGMA " + pragma + " is not supported: there are table_info, show_tables, database_list"
                                + " and version; settings are read by SHOW and changed by SET",
                        name);
        };
    }

    private Draft tableInfo(Compilation compilation) {
        if (argument == null) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "PRAGMA table_info takes the name of a table", name);
        }
        ObjectName table = compilation.names().table(tableName(argument));
        Printer printer = compilation.printer();
        printer.reads(table);
        return Draft.query(
                printer.sql("SELECT * FROM pragma_table_info(")
                        .literal(EngineNames.quoted(table))
                        .sql(")"),
                null);
    }

    private static SqlIdentifier tableName(SqlNode argument) {
        return argument instanceof SqlLiteral literal
                ? new SqlIdentifier(
                        List.of(String.valueOf(literal.getValueAs(String.class)).split("\\.", -1)),
                        literal.getParserPosition())
                : (SqlIdentifier) argument;
    }
}
