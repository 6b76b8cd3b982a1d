package io.skyport.session;

import io.skyport.catalog.DatabaseDefinition;
import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.SqlContext;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.export.DatabaseScript;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One EXPORT DATABASE: a directory with statements that make the database again, and the rows of each table as the engine's
 * COPY writes them, all as one transaction sees them. Used by one thread.
 */
final class DatabaseExport {

    private final Preparation.ExportDatabase export;
    private final Steps steps;

    DatabaseExport(Preparation.ExportDatabase export, Steps steps) {
        this.export = export;
        this.steps = steps;
    }

    /**
     * Returns the rows written.
     *
     * @throws SkyportException 58030 if the directory is there with something in it, or cannot be written
     */
    long run(Transaction scope, Connections connections) {
        try (ExportDirectory directory = ExportDirectory.begin(export.directory())) {
            // The engine looks at its data here first, so that it is as of now, and then at the definitions.
            DatabaseDefinition definition = DatabaseDefinition.load(connections, export.database());
            SqlContext context =
                    steps.context().at(export.database(), Engine.DEFAULT_SCHEMA).withSettings(Map.of());
            DatabaseScript script = new DatabaseScript(definition, query -> failure(query, context, scope));
            long rows = 0;
            for (DatabaseScript.Data data : script.data()) {
                String copy = "COPY (" + data.query() + ") TO "
                        + EngineNames.literal(directory.file(data.file()).toString()) + export.options();
                rows += steps.run(steps.compile(copy, context, scope), scope);
            }
            directory.write(DatabaseImport.SCHEMA, text(script.schema()));
            directory.write(DatabaseImport.LOAD, text(script.load()));
            directory.finish();
            return rows;
        }
    }

    private @Nullable String failure(String query, SqlContext context, Transaction scope) {
        try {
            CompiledStatement unused = steps.compile(query, context, scope);
            return null;
        } catch (SkyportException e) {
            if (e.code().fatal()) {
                throw e;
            }
            return e.text();
        }
    }

    private static String text(List<String> statements) {
        StringBuilder text = new StringBuilder();
        statements.forEach(statement -> text.append(statement).append(";\n"));
        return text.toString();
    }
}
