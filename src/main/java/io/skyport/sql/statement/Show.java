package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.sql.Command;
import io.skyport.sql.SessionChange;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Listing;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SHOW: lists names or settings. */
public final class Show extends Statement implements Listing {

    /** What is shown. */
    public enum What {
        TABLES,
        ALL_TABLES,
        VIEWS,
        SCHEMAS,
        DATABASES,
        COLUMNS,
        INDEXES,
        FUNCTIONS,
        CREATE,
        ALL,
        SETTING
    }

    private static final String TABLES_QUERY =
            "SELECT database_name, schema_name, table_name AS name, temporary FROM duckdb_tables() WHERE NOT internal";
    private static final String VIEWS_QUERY =
            "SELECT database_name, schema_name, view_name AS name, temporary FROM duckdb_views() WHERE NOT internal";

    private final What what;
    private final @Nullable SqlIdentifier name;
    private final @Nullable SqlNode pattern;

    /**
     * @param name of the schema, table or setting, where {@code what} takes one
     * @param pattern a literal that names are LIKE, or null for all
     */
    public Show(SqlParserPos pos, What what, @Nullable SqlIdentifier name, @Nullable SqlNode pattern) {
        super(pos, "SHOW");
        this.what = what;
        this.name = name;
        this.pattern = pattern;
    }

    @Override
    Command.Shape shape() {
        return what == What.CREATE ? Command.Shape.DEFINITION : Command.Shape.ROWS;
    }

    @Override
    public Draft compile(Compilation compilation) {
        print(compilation.printer());
        return Draft.query(compilation.printer(), null);
    }

    @Override
    public void print(Printer printer) {
        Names names = printer.names();
        switch (what) {
            case TABLES -> inSchema(printer, names, TABLES_QUERY + " UNION ALL " + VIEWS_QUERY);
            case VIEWS -> inSchema(printer, names, VIEWS_QUERY);
            case ALL_TABLES -> allTables(printer);
            case SCHEMAS -> schemas(printer, names);
            case DATABASES -> databases(printer);
            case COLUMNS -> new Describe(getParserPosition(), Objects.requireNonNull(name), false).print(printer);
            case INDEXES -> indexes(printer, names);
            case FUNCTIONS -> functions(printer);
            case CREATE -> create(printer, names);
            case ALL -> all(printer, names);
            case SETTING -> setting(printer, names);
        }
    }

    private void inSchema(Printer printer, Names names, String objects) {
        SessionChange.Use place = name == null
                ? new SessionChange.Use(
                        names.context().database(), names.context().schema())
                : names.use(name);
        printer.sql("SELECT name FROM (" + objects + ") WHERE database_name = ")
                .literal(place.database())
                .sql(" AND schema_name = ")
                .literal(place.schema());
        like(printer, "name").sql(" ORDER BY name");
    }

    /** What is the engine's own stays out of sight. */
    private static void allTables(Printer printer) {
        printer.sql("SELECT database, schema, name, column_names, column_types, temporary FROM (SHOW ALL TABLES)")
                .sql(" WHERE database NOT IN ('system', 'memory') AND database[1] <> '_' AND schema <> '_skyport'")
                .sql(" ORDER BY database, schema, name");
    }

    private void schemas(Printer printer, Names names) {
        String database = name == null ? names.context().database() : names.database(name.getSimple(), name);
        printer.sql("SELECT schema_name FROM duckdb_schemas() WHERE database_name = ")
                .literal(database)
                .sql(" AND schema_name NOT IN ('information_schema', 'pg_catalog', '_skyport')");
        like(printer, "schema_name").sql(" ORDER BY schema_name");
    }

    private void databases(Printer printer) {
        printer.sql("SELECT database_name FROM duckdb_databases() WHERE NOT internal")
                .sql(" AND database_name NOT IN ('system', 'temp', 'memory') AND database_name[1] <> '_'");
        like(printer, "database_name").sql(" ORDER BY database_name");
    }

    private void indexes(Printer printer, Names names) {
        printer.sql(
                "SELECT table_name, index_name, is_unique, expressions FROM duckdb_indexes() WHERE database_name = ");
        if (name == null) {
            printer.literal(names.context().database())
                    .sql(" AND schema_name = ")
                    .literal(names.context().schema());
        } else {
            ObjectName table = names.table(name);
            printer.literal(table.database())
                    .sql(" AND schema_name = ")
                    .literal(table.schema())
                    .sql(" AND table_name = ")
                    .literal(table.name());
        }
        printer.sql(" ORDER BY table_name, index_name");
    }

    private void functions(Printer printer) {
        printer.sql("SELECT DISTINCT function_name, function_type, return_type, parameters, description")
                .sql(" FROM duckdb_functions() WHERE function_type <> 'pragma'");
        like(printer, "function_name").sql(" ORDER BY ALL");
    }

    private void create(Printer printer, Names names) {
        SqlIdentifier shown = Objects.requireNonNull(name);
        ObjectName found = names.table(shown);
        Table table = names.catalog()
                .table(found.database(), found.schema(), found.name())
                .orElse(null);
        printer.reads(found);
        printer.sql("SELECT ").literal(found.name()).sql(" AS name, ");
        if (table != null && table.external() != null) {
            printer.literal("CREATE EXTERNAL TABLE " + EngineNames.quoted(found.name()) + " STORED AS "
                            + table.external().storedAs() + " LOCATION "
                            + EngineNames.literal(table.external().location()) + ";")
                    .sql(" AS sql");
            return;
        }
        String kind = table != null && table.kind() == TableKind.VIEW ? "view" : "table";
        printer.sql((table == null ? "sql" : definition(table)) + " AS sql FROM duckdb_" + kind
                        + "s() WHERE database_name = ")
                .literal(found.database())
                .sql(" AND schema_name = ")
                .literal(found.schema())
                .sql(" AND " + kind + "_name = ")
                .literal(found.name());
    }

    /** What the engine says of a table, with what it does not know, or does not say, of it. */
    private static String definition(Table table) {
        List<EnforcedKey> keys = new ArrayList<>(toItself(table));
        String definition = keys.isEmpty() ? withIdentities(table) : withoutGaps(withIdentities(table));
        keys.addAll(EnforcedKey.in(table));
        if (keys.isEmpty()) {
            return definition;
        }
        // Behind the constraints that the engine knows, before the closing parenthesis.
        String declarations = keys.stream().map(EnforcedKey::declaration).collect(Collectors.joining(", ", ", ", ");"));
        return "left(" + definition + ", length(" + definition + ") - 2) || " + EngineNames.literal(declarations);
    }

    /** The engine's keys that reference the table itself, in whose place it says nothing. */
    private static List<EnforcedKey> toItself(Table table) {
        return table.foreignKeys().stream()
                .filter(key -> key.number() == null && key.referencedTable().equals(table.name()))
                .map(key -> new EnforcedKey(table, key))
                .toList();
    }

    private static String withoutGaps(String definition) {
        return "regexp_replace(regexp_replace(" + definition + ", '(, ){2,}', ', ', 'g'), ', [)];$', ');')";
    }

    /** An identity column owns a sequence, which whoever runs the statement elsewhere gets anew, where it stands now. */
    private static String withIdentities(Table table) {
        String definition = "sql";
        for (Column column : table.columns()) {
            Identity identity = column.identity();
            if (identity != null) {
                definition = "replace(" + definition + ", "
                        + EngineNames.literal("DEFAULT(" + column.defaultExpression() + ")") + ", "
                        + EngineNames.literal("GENERATED " + (identity.always() ? "ALWAYS" : "BY DEFAULT")
                                + " AS IDENTITY (START WITH ")
                        + " || " + next(identity.sequence()) + " || ')')";
            }
        }
        return definition;
    }

    private static String next(ObjectName sequence) {
        return "(SELECT coalesce(last_value + increment_by, start_value) FROM duckdb_sequences() WHERE database_name = "
                + EngineNames.literal(sequence.database()) + " AND schema_name = "
                + EngineNames.literal(sequence.schema()) + " AND sequence_name = "
                + EngineNames.literal(sequence.name()) + ")";
    }

    private void all(Printer printer, Names names) {
        printer.sql("SELECT * FROM (VALUES ");
        String separator = "";
        for (Settings setting : Settings.values()) {
            printer.sql(separator + "(")
                    .literal(setting.shown())
                    .sql(", ")
                    .literal(setting.value(names.settings()))
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
                .literal(setting.value(names.settings()))
                .sql(" AS ")
                .quoted(setting.shown().toLowerCase(Locale.ROOT));
    }

    /** Case does not matter for names, so it does not for what they are like. */
    private Printer like(Printer printer, String column) {
        return pattern == null
                ? printer
                : printer.sql(" AND " + column + " ILIKE ")
                        .literal(Objects.requireNonNull(((SqlLiteral) pattern).getValueAs(String.class)));
    }
}
