package io.skyport.sql;

import io.skyport.catalog.TemporaryObjects;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text's meaning depends on besides the text: part of the plan cache's key.
 *
 * @param database where unqualified names are looked up
 * @param schema the schema of {@code database} where unqualified names are looked up first
 * @param roles of who asks: what a user may see can change what a text means
 * @param settings session settings that change what SQL means, by lower-case name
 * @param statements what EXECUTE runs, by lower-case name
 * @param temporary what only the session that asks has, or null
 */
public record SqlContext(
        String database,
        String schema,
        Set<String> roles,
        Map<String, String> settings,
        Map<String, PreparedText> statements,
        @Nullable TemporaryObjects temporary) {

    public SqlContext {
        roles = Set.copyOf(roles);
        settings = Map.copyOf(settings);
        statements = Map.copyOf(statements);
    }

    /** The context of somebody who prepared nothing. */
    public SqlContext(String database, String schema, Set<String> roles, Map<String, String> settings) {
        this(database, schema, roles, settings, Map.of(), null);
    }

    /** The context of somebody without roles who prepared nothing. */
    public SqlContext(String database, String schema, Map<String, String> settings) {
        this(database, schema, Set.of(), settings);
    }

    /** The same where unqualified names are looked up elsewhere. */
    public SqlContext at(String otherDatabase, String otherSchema) {
        return new SqlContext(otherDatabase, otherSchema, roles, settings, statements, temporary);
    }

    /** The same with other settings. */
    public SqlContext withSettings(Map<String, String> others) {
        return new SqlContext(database, schema, roles, others, statements, temporary);
    }

    /** The same with other prepared statements. */
    public SqlContext withStatements(Map<String, PreparedText> others) {
        return new SqlContext(database, schema, roles, settings, others, temporary);
    }

    /** The same with other temporary objects. */
    public SqlContext withTemporary(@Nullable TemporaryObjects others) {
        return new SqlContext(database, schema, roles, settings, statements, others);
    }
}
