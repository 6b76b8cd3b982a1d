package io.skyport.session;

import io.skyport.catalog.ArrowSqlTypes;
import io.skyport.catalog.Assignments;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.Database;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Schema;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.engine.PlainColumns;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.IngestTexts;
import io.skyport.sql.SqlContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One bulk ingest, as the statements that it stands for: CREATE TABLE, or DROP TABLE and CREATE TABLE, if need be, and an INSERT
 * whose rows are the stream. Used by one thread.
 */
final class Ingestion {

    /** What the engine and the checks of values call the columns of a stream of parameters. */
    private static final Pattern STREAM_COLUMN = Pattern.compile("column \"?p(\\d+)\\b\"?");

    private static final String CLASS_22 = "22";

    private final Ingest ingest;
    private final ArrowReader rows;
    private final List<Field> columns;
    private final Steps steps;
    /** Columns whose types are others than those of the stream. */
    private final List<String> converted = new ArrayList<>();
    /** The keys of the table that is appended to. */
    private final List<Table.Key> keys = new ArrayList<>();

    private boolean inserting;

    /** @throws SkyportException 08P01 if the schema cannot be read, 42701 and its like if the columns cannot be a table's */
    Ingestion(Ingest ingest, ArrowReader rows, BufferAllocator allocator, Steps steps) {
        this.ingest = ingest;
        this.rows = rows;
        this.steps = steps;
        this.columns = columns(rows, allocator);
    }

    private static List<Field> columns(ArrowReader rows, BufferAllocator allocator) {
        try {
            PlainColumns plain = new PlainColumns(rows, allocator);
            List<Field> columns = rows.getVectorSchemaRoot().getSchema().getFields().stream()
                    .map(plain::meant)
                    .toList();
            requireNames(columns);
            return columns;
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    private static void requireNames(List<Field> columns) {
        if (columns.isEmpty()) {
            throw new SkyportException(ErrorCode.INVALID_TABLE_DEFINITION, "the stream has no columns");
        }
        Set<String> names = new HashSet<>();
        for (Field column : columns) {
            if (column.getName().isEmpty() || column.getName().indexOf('\0') >= 0) {
                throw new SkyportException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        "a column of the stream has no name, or one with a zero character");
            }
            if (!names.add(folded(column.getName()))) {
                throw new SkyportException(
                        ErrorCode.DUPLICATE_COLUMN, "the stream has several columns " + quoted(column.getName()));
            }
        }
    }

    private static String folded(String name) {
        return new ObjectName("", "", name).folded().name();
    }

    /** Runs it in a transaction that is open, or in one of its own. */
    long run(Scope scope) {
        if (scope instanceof Transaction) {
            return noting(scope, () -> runIn(scope));
        }
        ObjectName name = name();
        Optional<Table> existing = find(name, scope);
        // The engine inserts all rows or none; whatever is more than that needs a transaction.
        return existing.isPresent() && ingest.ifExists() != Ingest.IfExists.REPLACE
                ? runIn(scope)
                : inTransaction(isTemporary(name));
    }

    /** Whoever creates the table at the same time is waited for, until rows are read, which is done once. */
    private long inTransaction(boolean temporary) {
        for (int attempt = 1; ; attempt++) {
            try {
                return steps.inTransaction(temporary, this::runIn);
            } catch (SkyportException e) {
                if (inserting || !collided(e) || attempt > steps.retries()) {
                    throw e;
                }
                Autocommit.pause(attempt);
            }
        }
    }

    private boolean collided(SkyportException failure) {
        return failure.code() == ErrorCode.SERIALIZATION_FAILURE
                || failure.code() == ErrorCode.DUPLICATE_TABLE && ingest.ifExists() != Ingest.IfExists.FAIL;
    }

    /** A transaction goes on only if all that was asked of it was done. */
    private static long noting(Scope scope, LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (SkyportException e) {
            scope.failed(e);
            throw e;
        }
    }

    private long runIn(Scope scope) {
        ObjectName name = name();
        Table table = find(name, scope).orElse(null);
        if (table == null) {
            requireCreation(name);
            create(name, false, scope);
        } else {
            requireExisting(table);
            if (ingest.ifExists() == Ingest.IfExists.REPLACE) {
                replace(table, scope);
            } else {
                requireFitting(table);
            }
        }
        return insert(table == null ? name : table.name(), scope);
    }

    /** The full name of the table. */
    private ObjectName name() {
        if (ingest.temporary()) {
            return new ObjectName(Engine.TEMPORARY_DATABASE, Engine.DEFAULT_SCHEMA, ingest.table());
        }
        SqlContext context = steps.context();
        String catalog = ingest.catalog() == null ? context.database() : ingest.catalog();
        boolean current = catalog.equalsIgnoreCase(context.database());
        String schema = current ? context.schema() : Engine.DEFAULT_SCHEMA;
        return new ObjectName(catalog, ingest.schema() == null ? schema : ingest.schema(), ingest.table());
    }

    private static boolean isTemporary(ObjectName name) {
        return name.database().equals(Engine.TEMPORARY_DATABASE);
    }

    private Optional<Table> find(ObjectName name, Scope scope) {
        CatalogSnapshot catalog = steps.catalog(scope);
        if (!isTemporary(name)) {
            Database database = catalog.database(name.database())
                    .orElseThrow(() -> new SkyportException(
                            ErrorCode.INVALID_CATALOG_NAME, "database " + quoted(name.database()) + " does not exist"));
            Optional<Schema> schema = catalog.schema(database.name(), name.schema());
            if (schema.isEmpty()) {
                throw new SkyportException(
                        ErrorCode.INVALID_SCHEMA_NAME, "schema " + quoted(name.schema()) + " does not exist");
            }
        }
        return catalog.table(name.database(), name.schema(), name.name());
    }

    private void requireCreation(ObjectName name) {
        if (ingest.ifNotExists() == Ingest.IfNotExists.FAIL) {
            throw new SkyportException(ErrorCode.UNDEFINED_TABLE, "table " + quoted(name.name()) + " does not exist");
        }
    }

    private void requireExisting(Table table) {
        if (ingest.ifExists() == Ingest.IfExists.FAIL) {
            throw new SkyportException(
                    ErrorCode.DUPLICATE_TABLE, quoted(table.name().name()) + " already exists");
        }
        boolean replacesExternal = ingest.ifExists() == Ingest.IfExists.REPLACE && table.external() != null;
        if (table.readOnly() && !replacesExternal) {
            throw new SkyportException(
                    ErrorCode.WRONG_OBJECT_TYPE, quoted(table.name().name()) + " is no table that takes rows");
        }
    }

    private void replace(Table table, Scope scope) {
        if (table.kind() == TableKind.TABLE && table.external() == null) {
            create(table.name(), true, scope);
        } else {
            run(IngestTexts.drop(table.name()), scope);
            create(table.name(), false, scope);
        }
    }

    private void create(ObjectName name, boolean replace, Scope scope) {
        List<IngestTexts.NewColumn> definitions = new ArrayList<>();
        for (Field column : columns) {
            definitions.add(new IngestTexts.NewColumn(column.getName(), ArrowSqlTypes.of(column), column.isNullable()));
        }
        run(IngestTexts.create(name, definitions, replace), scope);
    }

    private void requireFitting(Table table) {
        keys.addAll(table.uniqueKeys());
        if (table.primaryKey() != null) {
            keys.add(table.primaryKey());
        }
        Set<String> given = new HashSet<>();
        for (Field field : columns) {
            given.add(folded(field.getName()));
            Column column = table.column(field.getName())
                    .orElseThrow(() -> new SkyportException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column " + quoted(field.getName()) + " of the stream is not in table "
                                    + quoted(table.name().name())));
            SqlType type = ArrowSqlTypes.of(field);
            if (!type.name().equals(column.type().name())) {
                converted.add(quoted(column.name()));
            }
            if (!Assignments.possible(type, column.type())) {
                throw new SkyportException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column " + quoted(column.name()) + " is of type "
                                + column.type().name() + ", and " + type.name() + " cannot be stored in it");
            }
        }
        for (Column column : table.columns()) {
            boolean filled = column.nullable()
                    || column.defaultExpression() != null
                    || column.generated()
                    || column.identity() != null
                    || given.contains(folded(column.name()));
            if (!filled) {
                throw new SkyportException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "column " + quoted(column.name()) + " is not in the stream, takes no NULL and has no default");
            }
        }
    }

    private long insert(ObjectName name, Scope scope) {
        List<String> names = columns.stream().map(Field::getName).toList();
        inserting = true;
        return located(() ->
                steps.insert(steps.compile(IngestTexts.insert(name, names), steps.context(), scope), rows, scope));
    }

    private void run(String text, Scope scope) {
        long unused = located(() -> {
            return steps.run(steps.compile(text, steps.context(), scope), scope);
        });
    }

    /** The client has not seen the statement in which the failure has its place, nor what its columns are called there. */
    private long located(LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (SkyportException e) {
            throw new SkyportException(e.code(), named(e), e);
        }
    }

    private String named(SkyportException failure) {
        Matcher matcher = STREAM_COLUMN.matcher(failure.text());
        StringBuilder text = new StringBuilder();
        boolean found = false;
        while (matcher.find()) {
            int column = Integer.parseInt(matcher.group(1));
            if (column >= 1 && column <= columns.size()) {
                found = true;
                String name = "column " + quoted(columns.get(column - 1).getName());
                matcher.appendReplacement(text, Matcher.quoteReplacement(name));
            }
        }
        matcher.appendTail(text);
        if (failure.code() == ErrorCode.UNIQUE_VIOLATION && keys.size() == 1) {
            return text + key(keys.get(0), failure.text());
        }
        return found || !failure.code().sqlState().startsWith(CLASS_22) ? text.toString() : text + suspects();
    }

    /** Of rows that are new the engine tells the values alone. */
    private static String key(Table.Key key, String failure) {
        boolean told = failure.contains('"' + key.columns().get(0) + ": ");
        return told ? "" : key.columns().stream().map(Ingestion::quoted).collect(Collectors.joining(", ", " of ", ""));
    }

    /** Where the engine does not tell which column it is, those whose values are converted. */
    private String suspects() {
        return switch (converted.size()) {
            case 0 -> "";
            case 1 -> " in column " + converted.get(0);
            default -> " in one of the columns " + String.join(", ", converted);
        };
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
