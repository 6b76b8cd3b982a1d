package io.skyport.sql.statement;

import io.skyport.sql.names.Names;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CHECKPOINT: moves what was committed from the log into the database's file. */
public final class Checkpoint extends Statement {

    private final boolean force;
    private final @Nullable SqlIdentifier database;

    /**
     * @param force does not wait for running transactions: they are aborted
     * @param database null for the session's
     */
    public Checkpoint(SqlParserPos pos, boolean force, @Nullable SqlIdentifier database) {
        super(pos, "CHECKPOINT");
        this.force = force;
        this.database = database;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        String name = database == null ? names.context().database() : names.database(database.getSimple(), database);
        return Draft.ddl(compilation
                .printer()
                .sql(force ? "FORCE CHECKPOINT " : "CHECKPOINT ")
                .quoted(name));
    }
}
