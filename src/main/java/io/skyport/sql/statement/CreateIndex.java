package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE INDEX: an index lies in its table's schema. */
public final class CreateIndex extends Statement {

    /** The engine's index is a tree in order of its keys, which serves what these are asked for. */
    private static final Set<String> METHODS = Set.of("art", "btree", "hash");

    private final boolean replaced;
    private final boolean unique;
    private final boolean ifNotExists;
    private final @Nullable SqlIdentifier name;
    private final SqlIdentifier table;
    private final @Nullable SqlIdentifier method;
    private final List<SqlNode> elements;

    public CreateIndex(
            SqlParserPos pos,
            boolean replaced,
            boolean unique,
            boolean ifNotExists,
            @Nullable SqlIdentifier name,
            SqlIdentifier table,
            @Nullable SqlIdentifier method,
            List<SqlNode> elements) {
        super(pos, "CREATE INDEX");
        this.replaced = replaced;
        this.unique = unique;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.table = table;
        this.method = method;
        this.elements = List.copyOf(elements);
    }

    @Override
    public Draft compile(Compilation compilation) {
        if (replaced) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "an index is neither temporary nor replaced", this);
        }
        if (method != null && !METHODS.contains(method.getSimple().toLowerCase(Locale.ROOT))) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "index method " + method.getSimple() + " is not supported",
                    method);
        }
        ObjectName on = indexed(compilation);
        CatalogSnapshot catalog = compilation.names().catalog();
        ObjectName index =
                new ObjectName(on.database(), on.schema(), name == null ? chosen(on, catalog) : name.getSimple());
        SqlIdentifier source = name == null ? table : name;
        Creation creation = new Creation(compilation, source, false, ifNotExists);
        Optional<ObjectName> existing =
                catalog.indexed(index.database(), index.schema(), index.name()).map(ignored -> index);
        if (creation.object(existing, ErrorCode.DUPLICATE_TABLE, ObjectKind.INDEX)) {
            return creation.nothing(index);
        }
        return written(on, index.name(), compilation);
    }

    private Draft written(ObjectName on, String index, Compilation compilation) {
        Printer printer = compilation.printer();
        printer.sql(unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
                .quoted(index)
                .sql(" ON ")
                .name(on, table);
        String separator = " (";
        for (SqlNode element : elements) {
            printer.sql(separator);
            if (element instanceof SqlIdentifier column) {
                printer.name(column);
            } else {
                printer.sql("(").expression(element).sql(")");
            }
            separator = ", ";
        }
        printer.writes(on);
        Creation.requireLastingSources(printer, on.database().equals(Engine.TEMPORARY_DATABASE), this);
        return compilation.withoutParameters(Draft.ddl(printer.sql(")")), "CREATE INDEX");
    }

    private ObjectName indexed(Compilation compilation) {
        ObjectName on = compilation.names().table(table);
        boolean keepsRows = compilation
                .names()
                .catalog()
                .table(on.database(), on.schema(), on.name())
                .map(found -> found.kind() != TableKind.VIEW && found.external() == null)
                .orElse(false);
        if (!keepsRows) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE, "\"" + on.name() + "\" keeps no rows that could be indexed", table);
        }
        return on;
    }

    /** As PostgreSQL names it: the table, what is indexed, {@code idx}, and a number if that is taken. */
    private String chosen(ObjectName on, CatalogSnapshot catalog) {
        String base = Stream.of(Stream.of(on.name()), elements.stream().map(CreateIndex::word), Stream.of("idx"))
                .flatMap(words -> words)
                .collect(Collectors.joining("_"));
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> i == 0 ? base : base + i)
                .filter(free ->
                        catalog.indexed(on.database(), on.schema(), free).isEmpty())
                .findFirst()
                .orElse(base);
    }

    private static String word(SqlNode element) {
        return element instanceof SqlIdentifier column ? column.getSimple() : "expr";
    }
}
