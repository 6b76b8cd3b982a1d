package io.skyport.sql;

import java.util.List;

/** What the caller does beside running a statement on an engine connection. */
public sealed interface Preparation {

    /**
     * CREATE EXTERNAL TABLE ... STORED AS ARROW: the engine reads Parquet. The caller converts the files at
     * {@code location} into one Parquet file and writes its path, with quotes doubled, over {@code placeholder} in the
     * engine SQL.
     */
    record ConvertArrow(String location, String placeholder) implements Preparation {

        /** The engine SQL that reads {@code parquetPath}. */
        public String engineSql(CompiledStatement statement, String parquetPath) {
            return statement.engineSql().replace(placeholder, parquetPath.replace("'", "''"));
        }
    }

    /** DROP of tables over Arrow files: once they are dropped, the caller deletes the files that stood for those. */
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

    /** DROP DATABASE: there is no engine SQL; {@link io.skyport.engine.Engine#dropDatabase} does it. */
    record DropDatabase(String database) implements Preparation {}
}
