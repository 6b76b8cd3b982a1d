package io.skyport.sql;

/** Compiles SQL. */
public final class SqlCompiler {

    public CompiledStatement compile(String text, SqlContext context) {
        throw new IllegalStateException(text + context);
    }
}
