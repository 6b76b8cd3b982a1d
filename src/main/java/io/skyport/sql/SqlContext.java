package io.skyport.sql;

import java.util.Map;

/**
 * What a text's meaning depends on besides the text: part of the plan cache's key.
 *
 * @param database where unqualified names are looked up
 * @param schema the schema of {@code database} where unqualified names are looked up first
 * @param settings session settings that change what SQL means, by lower-case name
 */
public record SqlContext(String database, String schema, Map<String, String> settings) {

    public SqlContext {
        settings = Map.copyOf(settings);
    }
}
