package io.skyport.sql;

import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.SqlType;
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
 * @param own what only who asks sees, or null
 * @param parameters types of parameters, by index from 0, for those whose type the text does not tell
 */
public record SqlContext(
        String database,
        String schema,
        Set<String> roles,
        Map<String, String> settings,
        Map<String, PreparedText> statements,
        @Nullable OwnCatalog own,
        Map<Integer, SqlType> parameters) {

    /** The setting that says what time it is, as the engine writes it: in a transaction it is always the same. */
    public static final String NOW = "transaction_timestamp";

    /** The setting, which nobody sets, that says what relative names of COPY's files are relative to. */
    public static final String COPY_DIRECTORY = "copy_directory";

    public SqlContext {
        roles = Set.copyOf(roles);
        settings = Map.copyOf(settings);
        statements = Map.copyOf(statements);
        parameters = Map.copyOf(parameters);
    }

    /** The context of somebody who prepared nothing. */
    public SqlContext(String database, String schema, Set<String> roles, Map<String, String> settings) {
        this(database, schema, roles, settings, Map.of(), null, Map.of());
    }

    /** The context of somebody without roles who prepared nothing. */
    public SqlContext(String database, String schema, Map<String, String> settings) {
        this(database, schema, Set.of(), settings);
    }

    /** The same where unqualified names are looked up elsewhere. */
    public SqlContext at(String otherDatabase, String otherSchema) {
        return new SqlContext(otherDatabase, otherSchema, roles, settings, statements, own, parameters);
    }

    /** The same with other settings. */
    public SqlContext withSettings(Map<String, String> others) {
        return new SqlContext(database, schema, roles, others, statements, own, parameters);
    }

    /** The same with other prepared statements. */
    public SqlContext withStatements(Map<String, PreparedText> others) {
        return others.equals(statements)
                ? this
                : new SqlContext(database, schema, roles, settings, others, own, parameters);
    }

    /** The same with another catalog of its own. */
    public SqlContext withOwn(@Nullable OwnCatalog others) {
        return new SqlContext(database, schema, roles, settings, statements, others, parameters);
    }

    /** The same with types for parameters whose type the text does not tell. */
    public SqlContext withParameters(Map<Integer, SqlType> types) {
        return types.equals(parameters)
                ? this
                : new SqlContext(database, schema, roles, settings, statements, own, types);
    }
}
