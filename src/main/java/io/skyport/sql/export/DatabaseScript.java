package io.skyport.sql.export;

import io.skyport.catalog.Column;
import io.skyport.catalog.DatabaseDefinition;
import io.skyport.catalog.DatabaseDefinition.Macro;
import io.skyport.catalog.DatabaseDefinition.SequenceState;
import io.skyport.catalog.DatabaseDefinition.UserType;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ParquetTypes;
import io.skyport.catalog.Schema;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.IngestTexts;
import io.skyport.sql.dialect.EngineNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements that make a database again: first those of {@link #schema()}, then {@link #load()}, which takes rows from
 * the files that {@link #data()} writes. None names the database.
 */
public final class DatabaseScript {

    private static final int LONGEST_FILE_NAME = 60;

    private final DatabaseDefinition definition;
    private final Check check;
    private final PortableText portable;
    private final Map<ObjectName, SequenceState> sequences = new HashMap<>();
    private final List<String> schema = new ArrayList<>();
    private final List<String> load = new ArrayList<>();
    private final List<Data> data = new ArrayList<>();
    private final List<Table> materialized = new ArrayList<>();
    private final Set<ObjectName> broken = new HashSet<>();

    /**
     * The rows of one table.
     *
     * @param file its name, in the directory
     * @param query of the rows as they are in the file
     */
    public record Data(String file, String query) {}

    /** Says why a query cannot be run in the database; null if it can. */
    public interface Check {
        @Nullable
        String failure(String query);
    }

    /**
     * @param check of views: one that fails whenever it is read is written as a comment
     * @throws SkyportException 0A000 if a column or a view cannot be made again as it is
     */
    public DatabaseScript(DatabaseDefinition definition, Check check) {
        this.definition = definition;
        this.check = check;
        this.portable = new PortableText(definition.database());
        definition.sequences().forEach(sequence -> sequences.put(sequence.name(), sequence));
        schemas();
        List<Table> ordered = relations();
        indexes();
        comments();
        ordered.stream().filter(DatabaseScript::hasRows).forEach(this::rows);
        ordered.forEach(this::laterKeys);
        materialized.forEach(view -> load.add("REFRESH MATERIALIZED VIEW " + quoted(view.name())));
    }

    public List<String> schema() {
        return schema;
    }

    public List<String> load() {
        return load;
    }

    public List<Data> data() {
        return data;
    }

    private Stream<Table> tables() {
        return definition.database().schemas().stream().flatMap(each -> each.tables().stream());
    }

    private static boolean hasRows(Table table) {
        return table.kind() == TableKind.TABLE && table.external() == null;
    }

    private void schemas() {
        for (Schema each : definition.database().schemas()) {
            if (!each.name().equals(Engine.DEFAULT_SCHEMA)) {
                schema.add("CREATE SCHEMA " + IngestTexts.quoted(each.name()));
            }
        }
        definition.types().forEach(type -> schema.add(type(type)));
        Set<ObjectName> owned = tables().flatMap(table -> table.columns().stream())
                .flatMap(column -> Stream.ofNullable(column.identity()))
                .map(identity -> identity.sequence())
                .collect(Collectors.toSet());
        definition.sequences().stream()
                .filter(sequence -> !owned.contains(sequence.name()))
                .forEach(sequence -> schema.add(SequenceText.create(sequence)));
    }

    private static String type(UserType type) {
        List<String> labels = type.labels();
        return "CREATE TYPE " + quoted(type.name()) + " AS "
                + (labels == null
                        ? type.meaning()
                        : labels.stream().map(EngineNames::literal).collect(Collectors.joining(", ", "ENUM (", ")")));
    }

    /** Tables, views and macros in an order in which each finds those that it needs; the tables in that order. */
    private List<Table> relations() {
        DependencyOrder order = new DependencyOrder(portable);
        Map<ObjectName, Table> byName = new HashMap<>();
        macros().forEach((name, overloads) -> order.add(name, macro(overloads), Set.of()));
        tables().sorted(Comparator.comparing((Table table) -> table.kind() == TableKind.VIEW))
                .forEach(table -> {
                    byName.put(table.name(), table);
                    Set<ObjectName> referenced = table.foreignKeys().stream()
                            .filter(key -> TableText.before(table, key))
                            .map(key -> key.referencedTable().folded())
                            .collect(Collectors.toSet());
                    order.add(table.name(), relation(table), referenced);
                });
        List<Table> ordered = new ArrayList<>();
        order.forEach((name, text) -> {
            schema.add(text);
            Table table = byName.get(name);
            if (table != null) {
                ordered.add(table);
                if (table.kind() == TableKind.MATERIALIZED_VIEW) {
                    materialized.add(table);
                }
            }
        });
        return ordered;
    }

    private String relation(Table table) {
        ObjectName name = table.name();
        if (table.external() != null) {
            return new ViewText(definition.views().getOrDefault(name, ""), portable).external(table);
        } else if (table.kind() == TableKind.VIEW) {
            return view(new ViewText(definition.views().getOrDefault(name, ""), portable), name);
        } else if (table.materialized() != null) {
            requireReadable(name, portable.of(table.materialized()));
            return "CREATE MATERIALIZED VIEW " + quoted(name) + " AS " + portable.of(table.materialized())
                    + " WITH NO DATA";
        }
        return new TableText(table, definition.tables().getOrDefault(name, ""), portable, sequences).text();
    }

    private String view(ViewText view, ObjectName name) {
        String failure = check.failure("SELECT * FROM " + quoted(name));
        if (failure == null) {
            requireReadable(name, view.query());
            return view.view(name);
        }
        broken.add(name);
        return ("This view is broken: " + failure + "\n" + view.view(name)).replaceAll("(?m)^", "-- ") + "\n";
    }

    /** The engine prints a few things that the grammar does not read. */
    private void requireReadable(ObjectName name, String query) {
        String failure = check.failure(query);
        if (failure != null) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "view " + quoted(name) + " cannot be made again from what the engine keeps of it: " + failure);
        }
    }

    private Map<ObjectName, List<Macro>> macros() {
        Map<ObjectName, List<Macro>> macros = new LinkedHashMap<>();
        definition
                .macros()
                .forEach(macro -> macros.computeIfAbsent(macro.name(), name -> new ArrayList<>())
                        .add(macro));
        return macros;
    }

    private String macro(List<Macro> overloads) {
        return "CREATE MACRO " + quoted(overloads.get(0).name())
                + overloads.stream().map(this::overload).collect(Collectors.joining(",\n    ", " ", ""));
    }

    private String overload(Macro macro) {
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < macro.parameters().size(); i++) {
            String type = i < macro.types().size() ? macro.types().get(i) : "";
            String value = macro.defaults().get(i);
            parameters.add(IngestTexts.quoted(macro.parameters().get(i))
                    + (type.isEmpty() ? "" : " " + type)
                    + (value.isEmpty() ? "" : " := " + portable.of(value)));
        }
        return "(" + String.join(", ", parameters) + ") AS " + (macro.inFrom() ? "TABLE " : "")
                + portable.of(macro.body());
    }

    private void indexes() {
        tables().forEach(table -> table.indexes().forEach(index -> {
            String elements = index.expressions().stream()
                    .map(expression -> table.column(expression).isPresent()
                            ? IngestTexts.quoted(expression)
                            : "(" + portable.of(expression) + ")")
                    .collect(Collectors.joining(", "));
            schema.add((index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + IngestTexts.quoted(index.name())
                    + " ON " + quoted(table.name()) + " (" + elements + ")");
        }));
    }

    private void comments() {
        tables().filter(table -> !broken.contains(table.name())).forEach(table -> {
            comment(words(table), quoted(table.name()), table.comment());
            for (Column column : table.columns()) {
                comment(
                        "COLUMN",
                        quoted(table.name()) + "." + IngestTexts.quoted(column.name()),
                        table.kind() == TableKind.VIEW ? null : column.comment());
            }
        });
        definition.catalog().sequences().stream()
                .filter(sequence ->
                        sequence.name().database().equals(definition.database().name()))
                .filter(sequence -> sequence.identity() == null)
                .forEach(sequence -> comment("SEQUENCE", quoted(sequence.name()), sequence.comment()));
        definition.types().forEach(type -> comment("TYPE", quoted(type.name()), type.comment()));
        macros().forEach((name, overloads) ->
                comment("FUNCTION", quoted(name), overloads.get(0).comment()));
        new TreeMap<>(definition.indexComments().entrySet().stream()
                        .collect(Collectors.toMap(entry -> quoted(entry.getKey()), Map.Entry::getValue)))
                .forEach((name, text) -> comment("INDEX", name, text));
    }

    private static String words(Table table) {
        return switch (table.kind()) {
            case VIEW -> "VIEW";
            case MATERIALIZED_VIEW -> "MATERIALIZED VIEW";
            default -> "TABLE";
        };
    }

    private void comment(String kind, String name, @Nullable String text) {
        if (text != null) {
            schema.add("COMMENT ON " + kind + " " + name + " IS " + EngineNames.literal(text));
        }
    }

    private void rows(Table table) {
        List<Column> columns =
                table.columns().stream().filter(column -> !column.generated()).toList();
        List<String> names = columns.stream().map(Column::name).toList();
        String file = (data.size() + 1) + "_" + fileName(table) + ".parquet";
        String values = columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", "));
        data.add(new Data(
                file,
                "SELECT " + values + " FROM " + IngestTexts.quoted(table.name().database()) + "."
                        + quoted(table.name())));
        load.add("COPY " + quoted(table.name()) + " " + columns(names) + " FROM " + EngineNames.literal(file)
                + " (FORMAT parquet)");
    }

    private static String fileName(Table table) {
        String name = table.name().name().replaceAll("[^A-Za-z0-9_]", "_");
        return name.substring(0, Math.min(name.length(), LONGEST_FILE_NAME)).toLowerCase(Locale.ROOT);
    }

    private static String value(Table table, Column column) {
        SqlType stored = ParquetTypes.of(column.type())
                .orElseThrow(() -> new SkyportException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "column \"" + column.name() + "\" of table \""
                                + table.name().name() + "\" is of type "
                                + column.type().name() + ", which no file keeps"));
        String name = IngestTexts.quoted(column.name());
        return stored.name().equals(column.type().name())
                ? name
                : "CAST(" + name + " AS " + stored.name() + ") AS " + name;
    }

    private void laterKeys(Table table) {
        table.foreignKeys().stream()
                .filter(key -> !TableText.before(table, key))
                .forEach(key -> load.add(TableText.addedKey(table, key)));
    }

    static String columns(List<String> names) {
        return names.stream().map(IngestTexts::quoted).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A name in the database that statements run in. */
    static String quoted(ObjectName name) {
        return IngestTexts.quoted(name.schema()) + "." + IngestTexts.quoted(name.name());
    }
}
