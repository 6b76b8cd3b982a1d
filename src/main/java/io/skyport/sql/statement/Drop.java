package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.EnforcedKeys;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Schema;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DROP TABLE, VIEW or SCHEMA. */
public final class Drop extends Statement {

    /** What is dropped. */
    public enum Target {
        TABLE,
        VIEW,
        SCHEMA
    }

    private final Target target;
    private final boolean ifExists;
    private final List<SqlIdentifier> dropped;
    private final boolean cascade;

    public Drop(SqlParserPos pos, Target target, boolean ifExists, List<SqlIdentifier> names, boolean cascade) {
        super(pos, "DROP " + target);
        this.target = target;
        this.ifExists = ifExists;
        this.dropped = List.copyOf(names);
        this.cascade = cascade;
    }

    /** The engine drops one thing at a time. */
    @Override
    public Draft compile(Compilation compilation) {
        List<Table> tables = tables(compilation);
        if (target == Target.TABLE && !cascade) {
            KeyRecords.requireFree(tables, compilation.names().catalog(), this);
        }
        // What drops schemas writes nothing in particular: then everything is looked at anew.
        if (target == Target.TABLE) {
            KeyRecords.written(KeyRecords.around(tables, compilation.names().catalog()), compilation);
        }
        List<SqlIdentifier> ordered = target == Target.TABLE ? referencingFirst(compilation) : dropped;
        Printer first = compilation.printer();
        drop(ordered.get(0), compilation, first);
        Draft draft = Draft.ddl(first);
        for (SqlIdentifier name : ordered.subList(1, ordered.size())) {
            Printer next = compilation.newPrinter();
            drop(name, compilation, next);
            draft = draft.before(next);
        }
        return switch (target) {
            case VIEW -> draft;
            case SCHEMA ->
                KeyRecords.forgotten(draft, tables, compilation).prepared(Copies.deleted(schemas(compilation)));
            case TABLE ->
                OwnedSequences.dropped(KeyRecords.forgotten(draft, tables, compilation), tables, compilation)
                        .prepared(Copies.deleted(Copies.of(tables.stream())));
        };
    }

    /** The copies of all tables of the schemas. */
    private List<String> schemas(Compilation compilation) {
        Set<ObjectName> gone = schemasNamed(compilation);
        return compilation.names().catalog().databases().stream()
                .flatMap(database -> database.schemas().stream())
                .filter(schema -> gone.contains(nameOf(schema)))
                .flatMap(schema -> Copies.of(schema).stream())
                .toList();
    }

    private Set<ObjectName> schemasNamed(Compilation compilation) {
        Names names = compilation.names();
        CatalogSnapshot catalog = names.catalog();
        return dropped.stream()
                .flatMap(name ->
                        catalog.schema(names.databaseOfSchema(name), name.names.get(name.names.size() - 1)).stream())
                .map(Drop::nameOf)
                .collect(Collectors.toSet());
    }

    private static ObjectName nameOf(Schema schema) {
        return new ObjectName(schema.database(), schema.name(), "");
    }

    /** A table that others reference goes after them. */
    private List<SqlIdentifier> referencingFirst(Compilation compilation) {
        List<SqlIdentifier> left = new ArrayList<>(dropped);
        List<SqlIdentifier> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            SqlIdentifier next = left.stream()
                    .filter(name ->
                            left.stream().noneMatch(other -> other != name && references(other, name, compilation)))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean references(SqlIdentifier from, SqlIdentifier to, Compilation compilation) {
        Optional<ObjectName> referenced = compilation.names().find(to);
        return referenced.isPresent()
                && table(from, compilation).map(Table::foreignKeys).orElse(List.of()).stream()
                        .anyMatch(key -> key.referencedTable().equals(referenced.get()));
    }

    private static Optional<Table> table(SqlIdentifier name, Compilation compilation) {
        return compilation
                .names()
                .find(name)
                .flatMap(found -> compilation.names().catalog().table(found.database(), found.schema(), found.name()));
    }

    private List<Table> tables(Compilation compilation) {
        return target == Target.SCHEMA ? tablesOfSchemas(compilation) : tablesNamed(compilation);
    }

    private List<Table> tablesOfSchemas(Compilation compilation) {
        Set<ObjectName> gone = schemasNamed(compilation);
        return compilation.names().catalog().tables().stream()
                .filter(table -> gone.contains(
                        new ObjectName(table.name().database(), table.name().schema(), "")))
                .toList();
    }

    private List<Table> tablesNamed(Compilation compilation) {
        return dropped.stream()
                .flatMap(name -> table(name, compilation).stream())
                .toList();
    }

    private void drop(SqlIdentifier name, Compilation compilation, Printer printer) {
        if (target == Target.SCHEMA) {
            schema(name, compilation, printer);
        } else {
            Optional<ObjectName> existing = compilation.names().find(name);
            if (existing.isEmpty() && !ifExists) {
                throw compilation.names().undefinedTable(name);
            }
            ObjectName object = existing.orElseGet(() -> compilation.names().target(name));
            printer.sql(words(engineKind(compilation, object, name))).name(object, name);
            compilation.printer().writes(object);
        }
        printer.sql(cascade ? " CASCADE" : "");
    }

    private String words(String kind) {
        return "DROP " + kind + (ifExists ? " IF EXISTS " : " ");
    }

    private void schema(SqlIdentifier name, Compilation compilation, Printer printer) {
        Names names = compilation.names();
        String database = names.databaseOfSchema(name);
        String schema = name.names.get(name.names.size() - 1);
        if (Names.isSystemSchema(schema)
                || schema.equalsIgnoreCase(Engine.DEFAULT_SCHEMA)
                || schema.equalsIgnoreCase(EnforcedKeys.SCHEMA)) {
            throw Compilation.error(
                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                    "schema \"" + schema + "\" cannot be dropped: every database has it",
                    name);
        }
        if (!ifExists && names.catalog().schema(database, schema).isEmpty()) {
            throw names.undefinedSchema(schema, name);
        }
        printer.sql(words("SCHEMA")).quoted(database).sql(".").quoted(schema);
    }

    /** An external table is a view of the engine. */
    private String engineKind(Compilation compilation, ObjectName object, SqlIdentifier name) {
        Optional<Table> table = compilation.names().catalog().table(object.database(), object.schema(), object.name());
        TableKind kind = table.map(Table::kind).orElse(target == Target.VIEW ? TableKind.VIEW : TableKind.TABLE);
        boolean view = kind == TableKind.VIEW;
        if (kind == TableKind.MATERIALIZED_VIEW || view != (target == Target.VIEW)) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "\"" + object.name() + "\" is a "
                            + table.map(Creation::words).orElse("table") + ": use DROP " + kind.typeName(),
                    name);
        }
        return table.map(found -> found.external() != null).orElse(false) ? "VIEW" : target.name();
    }
}
