package io.skyport.sql.print;

/** A statement whose rows may stand in FROM as well: SHOW, DESCRIBE, SUMMARIZE. */
public interface Listing {

    /** Writes the query that gives its rows. */
    void print(Printer printer);
}
