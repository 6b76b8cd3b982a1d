package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SHOW: lists names or settings. */
public final class Show extends Statement {

    /** What is shown. */
    public enum What {
        TABLES,
        SCHEMAS,
        DATABASES,
        COLUMNS,
        ALL,
        SETTING
    }

    private final What what;
    private final @Nullable SqlIdentifier name;

    public Show(SqlParserPos pos, What what, @Nullable SqlIdentifier name) {
        super(pos);
        this.what = what;
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        switch (what) {
            case TABLES -> tables(printer, compilation.names());
            case SCHEMAS -> schemas(printer, compilation.names());
            case DATABASES -> databases(printer);
            case COLUMNS -> {
                return new Describe(getParserPosition(), Objects.requireNonNull(name)).compile(compilation);
            }
            case ALL -> all(printer, compilation.names());
            case SETTING -> setting(printer, compilation.names());
        }
        return Draft.query(printer, null);
    }

    private void tables(Printer printer, Names names) {
        SessionChange.Use place = name == null
                ? new SessionChange.Use(
                        names.context().database(), names.context().schema())
                : names.use(name);
        printer.sql("SELECT name FROM (")
                .sql("SELECT database_name, schema_name, table_name AS name FROM duckdb_tables() WHERE NOT internal")
                .sql(" UNION ALL ")
                .sql("SELECT database_name, schema_name, view_name FROM duckdb_views() WHERE NOT internal")
                .sql(") WHERE database_name = ")
                .literal(place.database())
                .sql(" AND schema_name = ")
                .literal(place.schema())
                .sql(" ORDER BY name");
    }

    private void schemas(Printer printer, Names names) {
        String database = name == null ? names.context().database() : names.database(name.getSimple(), name);
        printer.sql("SELECT schema_name FROM duckdb_schemas() WHERE database_name = ")
                .literal(database)
                .sql(" AND schema_name NOT IN ('information_schema', 'pg_catalog') ORDER BY schema_name");
    }

    /** What is the engine's own stays out of sight. */
    private static void databases(Printer printer) {
        printer.sql("SELECT database_name FROM duckdb_databases() WHERE NOT internal")
                .sql(" AND database_name NOT IN ('system', 'temp', 'memory') AND database_name[1] <> '_'")
                .sql(" ORDER BY database_name");
    }

    private static void all(Printer printer, Names names) {
        printer.sql("SELECT * FROM (VALUES ");
        String separator = "";
        for (Settings setting : Settings.values()) {
            printer.sql(separator + "(")
                    .literal(setting.key())
                    .sql(", ")
                    .literal(setting.value(names.context()))
                    .sql(", ")
                    .literal(setting.meaning())
                    .sql(")");
            separator = ", ";
        }
        printer.sql(") AS settings(name, setting, description) ORDER BY name");
    }

    private void setting(Printer printer, Names names) {
        Settings setting = Settings.named(Objects.requireNonNull(name));
        printer.sql("SELECT ")
                .literal(setting.value(names.context()))
                .sql(" AS ")
                .quoted(setting.key());
    }
}
