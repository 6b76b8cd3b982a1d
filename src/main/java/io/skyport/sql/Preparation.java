package io.skyport.sql;

/** What the caller does on the engine connection before it runs a statement. */
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
