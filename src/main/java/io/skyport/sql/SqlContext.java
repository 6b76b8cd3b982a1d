package io.skyport.sql;

import java.util.Map;
import java.util.Set;

/**
 * What a text's meaning depends on besides the text: part of the plan cache's key.
 *
 * @param database where unqualified names are looked up
 * @param schema the schema of {@code database} where unqualified names are looked up first
 * @param roles of who asks: what a user may see can change what a text means
 * @param settings session settings that change what SQL means, by lower-case name
 */
public record SqlContext(String database, String schema, Set<String> roles, Map<String, String> settings) {

    public SqlContext {
        roles = Set.copyOf(roles);
        settings = Map.copyOf(settings);
    }

    /** The context of somebody without roles. */
    public SqlContext(String database, String schema, Map<String, String> settings) {
        this(database, schema, Set.of(), settings);
    }
}
