package io.skyport.sql.print;

/** Which functions may answer differently for the same arguments. */
@FunctionalInterface
public interface VolatileFunctions {

    boolean contains(String functionName);
}
