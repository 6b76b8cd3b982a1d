package io.skyport.sql.statement;

import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import io.skyport.sql.Command;
import io.skyport.sql.ServerFacts;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.Infix;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * INSPECT, FlyDB's look at what there is: lists of objects as rows, one object as {@link Properties}. Names, columns and
 * keys are those of the catalog when the statement is compiled; what rows and files take is asked of the engine each time.
 */
public final class Inspect extends Statement {

    /** What is inspected. */
    enum Subject {
        TABLES,
        INDEXES,
        DATABASES,
        USERS,
        ROLES,
        PRIVILEGES,
        SERVER,
        STATUS,
        TABLE,
        DATABASE,
        ROLE,
        USER,
        USER_ROLES,
        USER_PRIVILEGES;

        boolean ofUsers() {
            return this == USERS || this == ROLES || this == PRIVILEGES || compareTo(ROLE) >= 0;
        }
    }

    private static final Set<String> LISTS =
            Set.of("TABLES", "INDEXES", "DATABASES", "USERS", "ROLES", "PRIVILEGES", "SERVER", "STATUS");

    /** What nobody noted. */
    private static final String UNKNOWN = "-";

    private final Subject subject;
    private final @Nullable SqlIdentifier name;

    private Inspect(SqlParserPos pos, Subject subject, @Nullable SqlIdentifier name) {
        super(pos, "INSPECT");
        this.subject = subject;
        this.name = name;
    }

    /**
     * @param subject the word behind INSPECT
     * @param name of the one that is inspected, or null
     * @param detail ROLES or PRIVILEGES of a user, or null
     */
    public static Inspect of(
            SqlParserPos pos, SqlIdentifier subject, @Nullable SqlIdentifier name, @Nullable SqlIdentifier detail) {
        String word = subject.getSimple().toUpperCase(Locale.ROOT);
        if (name == null && !LISTS.contains(word)) {
            throw Infix.syntaxError(subject.getSimple(), subject.getParserPosition());
        }
        if (detail == null) {
            return new Inspect(pos, Subject.valueOf(word), name);
        }
        if (!word.equals("USER")) {
            throw Infix.syntaxError(detail.getSimple(), detail.getParserPosition());
        }
        return new Inspect(pos, Subject.valueOf("USER_" + detail.getSimple().toUpperCase(Locale.ROOT)), name);
    }

    @Override
    Command.Shape shape() {
        return switch (subject) {
            case SERVER, STATUS, TABLE, DATABASE, ROLE, USER -> Command.Shape.PROPERTIES;
            default -> Command.Shape.ROWS;
        };
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        if (subject.ofUsers() && !names.context().roles().contains(ServerFacts.ADMIN)) {
            throw Compilation.error(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "users and roles are shown to the role " + ServerFacts.ADMIN,
                    this);
        }
        Printer printer = compilation.printer();
        print(printer, names, compilation.server());
        return Draft.query(printer, null);
    }

    private void print(Printer printer, Names names, ServerFacts server) {
        switch (subject) {
            case TABLES -> tables(printer, names);
            case INDEXES -> indexes(printer, names);
            case DATABASES -> databases(printer, names, server);
            case USERS -> users(printer, server);
            case ROLES -> roles(printer, server);
            case PRIVILEGES -> privileges(printer, server);
            case SERVER -> server(printer, names, server);
            case STATUS -> status(printer, names, server);
            case TABLE -> new InspectedTable(table(printer, names)).print(printer);
            case DATABASE -> database(printer, names, server);
            case ROLE -> role(printer, server);
            case USER -> user(printer, server);
            case USER_ROLES -> userRoles(printer, server);
            case USER_PRIVILEGES -> userPrivileges(printer, server);
        }
    }

    /** Stored tables where unqualified names are looked up. */
    private static List<Table> here(Names names) {
        String database = names.context().database();
        String schema = names.context().schema();
        return stored(names, database)
                .filter(table -> table.name().schema().equals(schema))
                .toList();
    }

    private static Stream<Table> stored(Names names, String database) {
        return names.catalog().tables().stream()
                .filter(table -> table.name().database().equals(database) && table.kind() == TableKind.TABLE);
    }

    private static void tables(Printer printer, Names names) {
        Rows rows = new Rows(
                printer,
                List.of("table_name", "type", "columns", "rows", "indexes", "size", "created_at", "modified_at"));
        for (Table table : here(names)) {
            printer.reads(table.name());
            rows.next()
                    .literal(table.name().name())
                    .literal("BASE TABLE")
                    .sql(Integer.toString(table.columns().size()))
                    .sql(table.external() == null ? Sizes.rows(table.name()) : "NULL")
                    .sql(Integer.toString(table.indexes().size()))
                    .sql(table.external() == null ? Sizes.table(table.name()) : EngineNames.literal(UNKNOWN))
                    .literal(UNKNOWN)
                    .literal(UNKNOWN);
        }
        rows.end("table_name");
    }

    private static void indexes(Printer printer, Names names) {
        Rows rows = new Rows(printer, List.of("index_name", "table_name", "column_name", "type"));
        for (Table table : here(names)) {
            for (Table.Index index : table.indexes()) {
                rows.next()
                        .literal(index.name())
                        .literal(table.name().name())
                        .literal(String.join(", ", index.expressions()))
                        .literal("art");
            }
        }
        rows.end("index_name");
    }

    private static void databases(Printer printer, Names names, ServerFacts server) {
        Rows rows = new Rows(printer, List.of("name", "owner", "encoding", "locale", "collation", "tables", "size"));
        for (Database database : names.catalog().databases()) {
            rows.next()
                    .literal(database.name())
                    .literal(owner(server))
                    .literal("UTF8")
                    .literal("C")
                    .literal("binary")
                    .sql(Long.toString(stored(names, database.name()).count()))
                    .sql(Sizes.database(database.name()));
        }
        rows.end("name");
    }

    /** Databases have no owners of their own. */
    private static String owner(ServerFacts server) {
        return server.users().entrySet().stream()
                .filter(user -> user.getValue().contains(ServerFacts.ADMIN))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static void users(Printer printer, ServerFacts server) {
        Rows rows = new Rows(printer, List.of("username", "role", "created_at", "last_login"));
        server.users()
                .forEach((user, roles) -> rows.next()
                        .literal(user)
                        .literal(roles.contains(ServerFacts.ADMIN) ? ServerFacts.ADMIN : "user")
                        .literal(UNKNOWN)
                        .literal(UNKNOWN));
        rows.end("username");
    }

    private static Set<String> roles(ServerFacts server) {
        Set<String> roles = new TreeSet<>(Set.of(ServerFacts.ADMIN));
        server.users().values().forEach(roles::addAll);
        return roles;
    }

    private static String description(String role) {
        return role.equals(ServerFacts.ADMIN) ? "may change the server" : "named by the configuration";
    }

    private static void roles(Printer printer, ServerFacts server) {
        Rows rows = new Rows(printer, List.of("role_name", "description", "is_built_in", "created_at", "created_by"));
        for (String role : roles(server)) {
            rows.next()
                    .literal(role)
                    .literal(description(role))
                    .sql(Boolean.toString(role.equals(ServerFacts.ADMIN)))
                    .literal(UNKNOWN)
                    .literal(UNKNOWN);
        }
        rows.end("role_name");
    }

    /** There are no grants yet: who is known may use all tables. */
    private static void privileges(Printer printer, ServerFacts server) {
        Rows rows = new Rows(printer, List.of("role", "privilege", "object_type", "database", "table"));
        for (String role : roles(server)) {
            rows.next()
                    .literal(role)
                    .literal("ALL")
                    .literal("TABLE")
                    .literal("*")
                    .literal("*");
        }
        rows.end("role");
    }

    private static void server(Printer printer, Names names, ServerFacts server) {
        List<Table> tables = allTables(names);
        Properties properties = new Properties(printer);
        properties.text("Server", "Skyport");
        properties.text("Version", server.version());
        properties.text("Status", "running");
        properties.sql("Storage", "'DuckDB ' || version()");
        properties.text("Protocol", "FlyDB binary 1, Arrow Flight SQL");
        properties.text("Tables", Integer.toString(tables.size()));
        properties.text("Indexes", Long.toString(indexes(tables)));
        properties.text("Users", Integer.toString(server.users().size()));
        properties.end();
    }

    private static List<Table> allTables(Names names) {
        return names.catalog().databases().stream()
                .flatMap(database -> stored(names, database.name()))
                .toList();
    }

    private static long indexes(List<Table> tables) {
        return tables.stream().mapToLong(table -> table.indexes().size()).sum();
    }

    private static void status(Printer printer, Names names, ServerFacts server) {
        String database = names.context().database();
        List<Table> tables = stored(names, database).toList();
        Properties properties = new Properties(printer);
        properties.text("Tables", Integer.toString(tables.size()));
        properties.text(
                "Table list", tables.stream().map(table -> table.name().name()).collect(Collectors.joining(", ")));
        properties.text("Users", Integer.toString(server.users().size()));
        properties.text("Indexes", Long.toString(indexes(tables)));
        properties.sql("Total rows", totalRows(printer, tables));
        properties.sql("Data size", Sizes.database(database));
        properties.sql("WAL size", Sizes.log(database));
        properties.sql("Buffer pool", Sizes.memory(database));
        properties.sql("Storage", "'DuckDB ' || version()");
        properties.text("Status", "running");
        properties.end();
    }

    private static String totalRows(Printer printer, List<Table> tables) {
        List<String> counts = new ArrayList<>();
        for (Table table : tables) {
            if (table.external() == null) {
                printer.reads(table.name());
                counts.add(Sizes.rows(table.name()));
            }
        }
        return counts.isEmpty() ? "0" : String.join(" + ", counts);
    }

    private Table table(Printer printer, Names names) {
        Table table = names.existing(Objects.requireNonNull(name));
        printer.reads(table.name());
        return table;
    }

    private void database(Printer printer, Names names, ServerFacts server) {
        SqlIdentifier inspected = Objects.requireNonNull(name);
        String database = names.database(CreateDatabase.simple(inspected), inspected);
        Properties properties = new Properties(printer);
        properties.text("Database", database);
        properties.text("Owner", owner(server));
        properties.text("Encoding", "UTF8");
        properties.text("Locale", "C");
        properties.text("Collation", "binary");
        properties.text("Tables", Long.toString(stored(names, database).count()));
        properties.sql("Size", Sizes.database(database));
        properties.text("Created", UNKNOWN);
        properties.text("Status", "online");
        properties.text("Schemas", schemas(names, database));
        properties.sql("Storage", "'DuckDB ' || version()");
        properties.end();
    }

    private static String schemas(Names names, String database) {
        return names.catalog().databases().stream()
                .filter(each -> each.name().equals(database))
                .flatMap(each -> each.schemas().stream())
                .map(Schema::name)
                .collect(Collectors.joining(", "));
    }

    private void role(Printer printer, ServerFacts server) {
        String role = one(roles(server), "role");
        Properties properties = new Properties(printer);
        properties.text("Role", role);
        properties.text("Description", description(role));
        properties.text("Built-in", Boolean.toString(role.equals(ServerFacts.ADMIN)));
        properties.text(
                "Users",
                server.users().entrySet().stream()
                        .filter(user -> user.getValue().contains(role))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", ")));
        properties.end();
    }

    private void user(Printer printer, ServerFacts server) {
        String user = one(server.users().keySet(), "user");
        Set<String> roles = rolesOf(user, server);
        Properties properties = new Properties(printer);
        properties.text("Username", user);
        properties.text("Admin", Boolean.toString(roles.contains(ServerFacts.ADMIN)));
        properties.text("Status", "active");
        properties.text("Roles", String.join(", ", roles));
        properties.text("Effective Database Access", "*");
        properties.end();
    }

    private void userRoles(Printer printer, ServerFacts server) {
        Rows rows = new Rows(printer, List.of("role_name", "database", "granted_at", "granted_by"));
        for (String role : rolesOf(one(server.users().keySet(), "user"), server)) {
            rows.next().literal(role).literal("*").literal(UNKNOWN).literal(UNKNOWN);
        }
        rows.end("role_name");
    }

    private void userPrivileges(Printer printer, ServerFacts server) {
        one(server.users().keySet(), "user");
        Rows rows = new Rows(printer, List.of("privilege", "object_type", "database", "table", "source"));
        rows.next().literal("ALL").literal("TABLE").literal("*").literal("*").literal("configuration");
        rows.end("privilege");
    }

    private static Set<String> rolesOf(String user, ServerFacts server) {
        return new TreeSet<>(server.users().getOrDefault(user, Set.of()));
    }

    private String one(Set<String> known, String kind) {
        SqlIdentifier asked = Objects.requireNonNull(name);
        if (!asked.isSimple() || !known.contains(asked.getSimple())) {
            throw Compilation.error(ErrorCode.UNDEFINED_OBJECT, kind + " \"" + asked + "\" does not exist", asked);
        }
        return asked.getSimple();
    }
}
