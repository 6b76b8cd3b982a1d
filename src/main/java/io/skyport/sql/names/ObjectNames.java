package io.skyport.sql.names;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Routine;
import io.skyport.catalog.Routines;
import io.skyport.catalog.Sequence;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SqlContext;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;

/** Looks up sequences, types, indexes and the functions that users made, in the same places as {@link Names}. */
public final class ObjectNames {

    private static final int MAX_PARTS = 3;

    private final CatalogSnapshot catalog;
    private final SqlContext context;

    ObjectNames(Names names) {
        this.catalog = names.catalog();
        this.context = names.context();
    }

    /** Where something of one kind may be. */
    private interface Place<T> {
        Optional<T> find(String database, String schema, String name);
    }

    /** @throws SkyportException 42P01 if there is none */
    public ObjectName sequence(SqlIdentifier name) {
        return findSequence(name.names)
                .orElseThrow(() -> undefined(
                        ErrorCode.UNDEFINED_TABLE,
                        "sequence",
                        name,
                        catalog.sequences().stream()
                                .map(sequence -> sequence.name().name())));
    }

    public Optional<ObjectName> findSequence(List<String> parts) {
        return find(
                parts,
                (database, schema, name) ->
                        catalog.sequence(database, schema, name).map(Sequence::name));
    }

    /** @throws SkyportException 42704 if there is none */
    public ObjectName type(SqlIdentifier name) {
        return findType(name.names)
                .orElseThrow(() -> undefined(ErrorCode.UNDEFINED_OBJECT, "type", name, lastNames(catalog.types())));
    }

    public Optional<ObjectName> findType(List<String> parts) {
        return find(parts, catalog::type);
    }

    /**
     * The full name of an index.
     *
     * @throws SkyportException 42704 if there is none
     */
    public ObjectName index(SqlIdentifier name) {
        return findIndex(name.names)
                .orElseThrow(() -> undefined(ErrorCode.UNDEFINED_OBJECT, "index", name, indexNames()));
    }

    public Optional<ObjectName> findIndex(List<String> parts) {
        String last = parts.get(parts.size() - 1);
        return find(
                parts,
                (database, schema, index) -> catalog.indexed(database, schema, index)
                        .map(table -> new ObjectName(
                                table.name().database(), table.name().schema(), stored(table, last))));
    }

    private static String stored(Table table, String index) {
        return table.indexes().stream()
                .map(Table.Index::name)
                .filter(name -> name.equalsIgnoreCase(index))
                .findFirst()
                .orElse(index);
    }

    private Stream<String> indexNames() {
        return catalog.tables().stream()
                .flatMap(table -> table.indexes().stream())
                .map(Table.Index::name);
    }

    /**
     * The overloads of a function that users made.
     *
     * @throws SkyportException 42883 if there is none
     */
    public List<Routine> routine(SqlIdentifier name) {
        List<Routine> found = findRoutine(name.names);
        if (found.isEmpty()) {
            throw undefined(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function",
                    name,
                    Stream.concat(catalog.routines().names().stream(), catalog.temporaryRoutines().names().stream()));
        }
        return found;
    }

    /** The overloads of the function that a name means in its place; empty if users made none of this name. */
    public List<Routine> findRoutine(List<String> parts) {
        List<Routine> temporary = Names.isTemporaryPlace(parts.subList(0, parts.size() - 1))
                ? at(new ObjectName(Engine.TEMPORARY_DATABASE, Engine.DEFAULT_SCHEMA, parts.get(parts.size() - 1)))
                : List.of();
        return temporary.isEmpty() ? findLastingRoutine(parts) : temporary;
    }

    /** The overloads of the function of this full name. */
    public List<Routine> at(ObjectName function) {
        Routines routines = function.database().equals(Engine.TEMPORARY_DATABASE)
                ? catalog.temporaryRoutines()
                : catalog.routines();
        return routines.named(function.database(), function.schema(), function.name());
    }

    /** The same without those that only the session has. */
    public List<Routine> findLastingRoutine(List<String> parts) {
        Routines routines = catalog.routines();
        if (routines.isEmpty()) {
            return List.of();
        }
        return find(
                        parts,
                        (database, schema, name) -> Optional.of(routines.named(database, schema, name))
                                .filter(list -> !list.isEmpty()))
                .orElse(List.of());
    }

    private <T> Optional<T> find(List<String> parts, Place<T> place) {
        return switch (parts.size()) {
            case 1 ->
                place.find(Engine.TEMPORARY_DATABASE, Engine.DEFAULT_SCHEMA, parts.get(0))
                        .or(() -> place.find(context.database(), context.schema(), parts.get(0)))
                        .or(() -> place.find(context.database(), Engine.DEFAULT_SCHEMA, parts.get(0)));
            case 2 ->
                place.find(context.database(), parts.get(0), parts.get(1))
                        .or(() -> place.find(parts.get(0), Engine.DEFAULT_SCHEMA, parts.get(1)));
            case MAX_PARTS -> place.find(parts.get(0), parts.get(1), parts.get(2));
            default -> Optional.empty();
        };
    }

    private static Stream<String> lastNames(List<ObjectName> names) {
        return names.stream().map(ObjectName::name);
    }

    private static SkyportException undefined(
            ErrorCode code, String kind, SqlIdentifier name, Stream<String> candidates) {
        return new SkyportException(
                code,
                kind + " \"" + String.join(".", name.names) + "\" does not exist"
                        + Nearest.suggestion(name.names.get(name.names.size() - 1), candidates),
                SqlText.position(name.getParserPosition()),
                null);
    }
}
