package io.skyport.sql;

import java.nio.file.Path;
import java.util.List;

/** What the caller does beside running a statement on an engine connection. */
public sealed interface Preparation {

    /**
     * CREATE EXTERNAL TABLE ... STORED AS ARROW: the engine reads Parquet. The caller converts the files at
     * {@code location} into one Parquet file and writes its path, with quotes doubled, over {@code placeholder} in the
     * engine SQL.
     *
     * @param replaced files that stood for the Arrow files of a table that is replaced: deleted once it is
     */
    record ConvertArrow(String location, String placeholder, List<String> replaced) implements Preparation {

        public ConvertArrow {
            replaced = List.copyOf(replaced);
        }

        /** The engine SQL that reads {@code parquetPath}. */
        public String engineSql(CompiledStatement statement, String parquetPath) {
            return statement.engineSql().replace(placeholder, parquetPath.replace("'", "''"));
        }
    }

    /** DDL that drops tables over Arrow files: once they are gone, the caller deletes the files that stood for those. */
    record DeleteCopies(List<String> files) implements Preparation {
        public DeleteCopies {
            files = List.copyOf(files);
        }
    }

    /**
     * The engine reads the names behind REFERENCES only in the connection's own database: the statement runs by {@link
     * io.skyport.engine.EngineConnection#updateIn}.
     */
    record UseDatabase(String database, String schema) implements Preparation {}

    /** CREATE DATABASE: there is no engine SQL; {@link io.skyport.engine.Engine#createDatabase} does it. */
    record CreateDatabase(String database) implements Preparation {}

    /**
     * DROP DATABASE: there is no engine SQL; {@link io.skyport.engine.Engine#dropDatabase} does it.
     *
     * @param copies files that stood for the Arrow files of its tables: deleted once it is gone
     */
    record DropDatabase(String database, List<String> copies) implements Preparation {
        public DropDatabase {
            copies = List.copyOf(copies);
        }
    }

    /**
     * EXPORT DATABASE: there is no engine SQL; the caller writes what {@link io.skyport.sql.export.DatabaseScript} says.
     *
     * @param directory that is to be there when all of it is, and is not there yet, or empty
     * @param options of COPY TO for the files of rows
     */
    record ExportDatabase(String database, Path directory, String options) implements Preparation {}

    /** IMPORT DATABASE: there is no engine SQL; the caller runs the statements of the files there. */
    record ImportDatabase(Path directory) implements Preparation {}
}
