package io.skyport.sql.names;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Database;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Schema;
import io.skyport.catalog.SystemTables;
import io.skyport.catalog.Table;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Asked;
import io.skyport.sql.PreparedText;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.Viewer;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Looks names up as one session sees them: in its database and schema, then in that database's {@code main}. */
public final class Names {

    /** Schemas that every database shows, though the engine keeps them in one place. */
    private static final Set<String> SYSTEM_SCHEMAS = Set.of("information_schema", "pg_catalog");

    private static final Set<String> TEMPORARY_PLACES = Set.of("", "temp", "temp.main");

    private static final String SYSTEM_DATABASE = "system";
    private static final int MAX_PARTS = 3;

    private final CatalogSnapshot catalog;
    private final SqlContext context;
    private final AllowedDirectories files;
    private boolean preparedAsked;
    private boolean settingsAsked;
    private boolean timeAsked;
    private boolean runningTimeAsked;
    private boolean viewerAsked;

    public Names(CatalogSnapshot catalog, SqlContext context, AllowedDirectories files) {
        this.catalog = catalog;
        this.context = context;
        this.files = files;
    }

    /**
     * The real place of a file, directory or glob that a statement names.
     *
     * @throws SkyportException 42501 outside the allowed directories
     */
    public String file(String location, SqlNode source) {
        try {
            return files.require(location);
        } catch (SkyportException refused) {
            throw new SkyportException(
                    refused.code(), refused.text(), SqlText.position(source.getParserPosition()), refused);
        }
    }

    /** The same of a file of COPY, which is relative to where the statement itself is from, if that is a file. */
    public String copied(String location, SqlNode source) {
        String directory = context.settings().get(SqlContext.COPY_DIRECTORY);
        boolean relative = directory != null && !location.startsWith("/");
        return file(relative ? directory + "/" + location : location, source);
    }

    /** Looks up what is no table. */
    public ObjectNames objects() {
        return new ObjectNames(this);
    }

    /** Whether every database shows a schema of this name that is the engine's own. */
    public static boolean isSystemSchema(String schema) {
        return SYSTEM_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT));
    }

    public CatalogSnapshot catalog() {
        return catalog;
    }

    public SqlContext context() {
        return context;
    }

    /** The context for one who shows its settings. */
    public SqlContext settings() {
        settingsAsked = true;
        return context;
    }

    /** What EXECUTE runs, by lower-case name, for one who means such a name. */
    public Map<String, PreparedText> prepared() {
        preparedAsked = true;
        return context.statements();
    }

    /** Whether the statement means something else once other statements have names. */
    public boolean preparedAsked() {
        return preparedAsked;
    }

    /** What time it is, as the engine writes it; null if nothing but the engine knows. */
    public @Nullable String now() {
        timeAsked = true;
        return context.settings().get(SqlContext.NOW);
    }

    /** The statement asks for a time that {@link #now} is not. */
    public void foundRunningTime() {
        runningTimeAsked = true;
    }

    /** What stands for the name of who runs the statement: the rows it gives depend on him. */
    public String viewer() {
        viewerAsked = true;
        return Viewer.MARK;
    }

    /** What was asked so far. */
    public Asked asked() {
        return new Asked(settingsAsked, timeAsked, runningTimeAsked, viewerAsked);
    }

    /**
     * The full name of an existing table or view.
     *
     * @throws SkyportException 42P01 if there is none
     */
    public ObjectName table(SqlIdentifier name) {
        return find(name).orElseThrow(() -> undefinedTable(name));
    }

    /**
     * An existing table or view.
     *
     * @throws SkyportException 42P01 if there is none
     */
    public Table existing(SqlIdentifier name) {
        ObjectName found = table(name);
        return catalog.table(found.database(), found.schema(), found.name()).orElseThrow(() -> undefinedTable(name));
    }

    /**
     * What the server tells about itself: it stands in FROM only, and not by its name in the engine.
     *
     * @throws SkyportException 42P01 for what is not there
     */
    public Optional<Table> systemTable(SqlIdentifier name) {
        Optional<Table> found = SystemTables.find(name.names);
        if (found.isEmpty() && name.names.size() > 1 && SystemTables.reserves(name.names.get(0))) {
            throw undefinedTable(name);
        }
        return found;
    }

    /**
     * Refuses names of what is the server's own.
     *
     * @throws SkyportException 42501
     */
    public static void requireNotReserved(String database, SqlIdentifier name) {
        if (SystemTables.reserves(database)) {
            throw new SkyportException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "\"" + Engine.SYSTEM_DATABASE
                            + "\" is the server's own: its tables are read by SELECT, and nothing else",
                    SqlText.position(name.getParserPosition()),
                    null);
        }
    }

    private static void requireNotReserved(SqlIdentifier name) {
        if (name.names.size() > 1) {
            requireNotReserved(name.names.get(0), name);
        }
    }

    /** The table or view that a name of one to three parts means. */
    public Optional<ObjectName> find(SqlIdentifier name) {
        requireNotReserved(name);
        return find(name.names);
    }

    /** The same for parts of a name. What is the server's own is not found. */
    public Optional<ObjectName> find(List<String> parts) {
        return switch (parts.size()) {
            case 1 ->
                find(Engine.TEMPORARY_DATABASE, Engine.DEFAULT_SCHEMA, parts.get(0))
                        .or(() -> find(context.database(), context.schema(), parts.get(0)))
                        .or(() -> find(context.database(), Engine.DEFAULT_SCHEMA, parts.get(0)));
            case 2 ->
                systemView(parts.get(0), parts.get(1))
                        .or(() -> find(context.database(), parts.get(0), parts.get(1)))
                        .or(() -> find(parts.get(0), Engine.DEFAULT_SCHEMA, parts.get(1)));
            case MAX_PARTS ->
                systemView(parts.get(1), parts.get(2)).or(() -> find(parts.get(0), parts.get(1), parts.get(2)));
            default -> Optional.empty();
        };
    }

    private Optional<ObjectName> find(String database, String schema, String table) {
        return catalog.table(database, schema, table).map(Table::name);
    }

    private static Optional<ObjectName> systemView(String schema, String view) {
        String lower = schema.toLowerCase(Locale.ROOT);
        return SYSTEM_SCHEMAS.contains(lower)
                ? Optional.of(new ObjectName(SYSTEM_DATABASE, lower, view.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /**
     * The full name of something that is created, or dropped where it may not exist: its schema exists.
     *
     * @throws SkyportException 3F000 or 3D000 if there is no such schema or database
     */
    public ObjectName target(SqlIdentifier name) {
        requireNotReserved(name);
        List<String> parts = name.names;
        Schema schema = switch (parts.size()) {
            case 1 -> schema(context.database(), context.schema(), name);
            case 2 ->
                catalog.schema(context.database(), parts.get(0))
                        .or(() -> catalog.schema(parts.get(0), Engine.DEFAULT_SCHEMA))
                        .orElseThrow(() -> undefinedSchema(parts.get(0), name));
            case MAX_PARTS -> schema(parts.get(0), parts.get(1), name);
            default -> throw tooManyParts(name);
        };
        return new ObjectName(schema.database(), schema.name(), parts.get(parts.size() - 1));
    }

    /**
     * The full name of something temporary that is created.
     *
     * @throws SkyportException 42P16 if the name says another place
     */
    public ObjectName temporary(SqlIdentifier name) {
        if (!isTemporaryPlace(name.names.subList(0, name.names.size() - 1))) {
            throw new SkyportException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "what is temporary is in no schema of a database",
                    SqlText.position(name.getParserPosition()),
                    null);
        }
        return new ObjectName(Engine.TEMPORARY_DATABASE, Engine.DEFAULT_SCHEMA, name.names.get(name.names.size() - 1));
    }

    /** Whether what stands before a name lets it be temporary. */
    static boolean isTemporaryPlace(List<String> place) {
        return TEMPORARY_PLACES.contains(String.join(".", place).toLowerCase(Locale.ROOT));
    }

    /** The database of a schema that is created or dropped: named before it, or the session's. */
    public String databaseOfSchema(SqlIdentifier schema) {
        requireNotReserved(schema.names.get(0), schema);
        return switch (schema.names.size()) {
            case 1 -> context.database();
            case 2 -> database(schema.names.get(0), schema);
            default -> throw tooManyParts(schema);
        };
    }

    /** What USE means: a schema of the session's database, or a database, or both. */
    public SessionChange.Use use(SqlIdentifier name) {
        String first = name.names.get(0);
        requireNotReserved(first, name);
        return switch (name.names.size()) {
            case 1 ->
                catalog.schema(context.database(), first)
                        .or(() -> catalog.schema(first, Engine.DEFAULT_SCHEMA))
                        .map(Names::place)
                        .orElseThrow(() -> undefinedDatabase(first, name));
            case 2 -> place(schema(first, name.names.get(1), name));
            default -> throw tooManyParts(name);
        };
    }

    private static SessionChange.Use place(Schema schema) {
        return new SessionChange.Use(schema.database(), schema.name());
    }

    private Schema schema(String database, String schema, SqlIdentifier name) {
        String existing = database(database, name);
        return catalog.schema(existing, schema).orElseThrow(() -> undefinedSchema(schema, name));
    }

    /**
     * A database as stored.
     *
     * @throws SkyportException 3D000 if there is none
     */
    public String database(String database, SqlIdentifier name) {
        requireNotReserved(database, name);
        return catalog.database(database)
                .orElseThrow(() -> undefinedDatabase(database, name))
                .name();
    }

    private SkyportException undefinedDatabase(String database, SqlIdentifier name) {
        return new SkyportException(
                ErrorCode.INVALID_CATALOG_NAME,
                "database \"" + database + "\" does not exist"
                        + Nearest.suggestion(
                                database, catalog.databases().stream().map(Database::name)),
                SqlText.position(name.getParserPosition()),
                null);
    }

    public SkyportException undefinedSchema(String schema, SqlIdentifier name) {
        return new SkyportException(
                ErrorCode.INVALID_SCHEMA_NAME,
                "schema \"" + schema + "\" does not exist",
                SqlText.position(name.getParserPosition()),
                null);
    }

    public SkyportException undefinedTable(SqlIdentifier name) {
        if (catalog.database(context.database()).isEmpty()) {
            return undefinedDatabase(context.database(), name);
        }
        String last = name.names.get(name.names.size() - 1);
        return new SkyportException(
                ErrorCode.UNDEFINED_TABLE,
                "table \"" + String.join(".", name.names) + "\" does not exist"
                        + Nearest.suggestion(
                                last,
                                catalog.tables().stream()
                                        .map(table -> table.name().name())),
                SqlText.position(name.getParserPosition()),
                null);
    }

    static SkyportException tooManyParts(SqlIdentifier name) {
        return new SkyportException(
                ErrorCode.SYNTAX_ERROR,
                "a name has at most three parts: database.schema.name",
                SqlText.position(name.getParserPosition()),
                null);
    }
}
