package io.skyport.sql.print;

import io.skyport.catalog.Routine;

/** What the printer must know of functions besides their names. */
public interface KnownFunctions {

    /** Whether a function may answer differently for the same arguments. */
    boolean isVolatile(String functionName);

    /** Whether what a user's function calls may answer differently for the same arguments. */
    boolean isVolatile(Routine routine);

    /** Whether the engine has a function of this name. */
    boolean isBuiltIn(String functionName);
}
