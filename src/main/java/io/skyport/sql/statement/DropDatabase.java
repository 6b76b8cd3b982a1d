package io.skyport.sql.statement;

import io.skyport.catalog.Database;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.Preparation;
import io.skyport.sql.SessionChange;
import io.skyport.sql.names.Names;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DROP DATABASE, with all that is in it. */
public final class DropDatabase extends Statement {

    private final boolean ifExists;
    private final SqlIdentifier name;
    private final boolean restrict;

    public DropDatabase(SqlParserPos pos, boolean ifExists, SqlIdentifier name, boolean restrict) {
        super(pos, "DROP DATABASE");
        this.ifExists = ifExists;
        this.name = name;
        this.restrict = restrict;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        Names.requireNotReserved(CreateDatabase.simple(name), name);
        Optional<Database> existing = names.catalog().database(CreateDatabase.simple(name));
        if (existing.isEmpty() && ifExists) {
            return Creation.nothing(Engine.DEFAULT_DATABASE, Engine.DEFAULT_SCHEMA, compilation.printer());
        }
        String database = names.database(CreateDatabase.simple(name), name);
        if (database.equals(Engine.DEFAULT_DATABASE)) {
            throw Compilation.error(
                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST, "database \"default\" cannot be dropped", name);
        }
        if (restrict && existing.map(DropDatabase::holdsAnything).orElse(false)) {
            throw Compilation.error(
                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST, "database \"" + database + "\" is not empty", name);
        }
        Draft draft = Draft.ddl(compilation.printer())
                .prepared(new Preparation.DropDatabase(database, copies(database, names)));
        return names.context().database().equals(database)
                ? draft.changing(new SessionChange.Use(Engine.DEFAULT_DATABASE, Engine.DEFAULT_SCHEMA))
                : draft;
    }

    private static List<String> copies(String database, Names names) {
        return names.catalog().databases().stream()
                .filter(dropped -> dropped.name().equals(database))
                .flatMap(dropped -> Copies.of(dropped).stream())
                .toList();
    }

    private static boolean holdsAnything(Database database) {
        return database.schemas().size() > 1
                || database.schemas().stream()
                        .anyMatch(schema -> !schema.tables().isEmpty());
    }
}
