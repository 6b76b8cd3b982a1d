package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlContext;
import java.util.function.ToLongFunction;
import org.apache.arrow.vector.ipc.ArrowReader;

/** What a statement that stands for others asks of its session. Used by one thread. */
interface Steps {

    SqlContext context();

    CatalogSnapshot catalog(Scope scope);

    CompiledStatement compile(String text, SqlContext context, Scope scope);

    /** Runs DML or DDL without parameters; returns the affected rows. */
    long run(CompiledStatement statement, Scope scope);

    /** Runs an INSERT whose parameters come as a stream; returns the affected rows. */
    long insert(CompiledStatement statement, ArrowReader rows, Scope scope);

    /** How often what collides with others is tried again. */
    int retries();

    /** Runs work in a transaction of its own, all or nothing. */
    long inTransaction(boolean temporary, ToLongFunction<Scope> work);
}
