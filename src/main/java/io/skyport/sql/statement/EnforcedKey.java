package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ReferencingKey;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.Table;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A foreign key that the engine does not enforce, as pieces of engine SQL; referencing rows are {@code c}. */
record EnforcedKey(Table table, ForeignKey key) {

    /** Rows that the running transaction wrote come after all others. */
    private static final String WRITTEN_HERE = " AND c.rowid >= 36028797018960000";

    static List<EnforcedKey> on(ObjectName referenced, CatalogSnapshot catalog) {
        return catalog.enforcedOn(referenced).stream()
                .flatMap(found -> of(found, catalog).stream())
                .toList();
    }

    /** The keys that a table has itself. */
    static List<EnforcedKey> in(Table table) {
        return table.foreignKeys().stream()
                .filter(key -> key.number() != null)
                .map(key -> new EnforcedKey(table, key))
                .toList();
    }

    private static Optional<EnforcedKey> of(ReferencingKey found, CatalogSnapshot catalog) {
        ObjectName name = found.table();
        return catalog.table(name.database(), name.schema(), name.name())
                .map(table -> new EnforcedKey(table, found.key()));
    }

    /** Whether it ever changes referencing rows by itself. */
    boolean acts() {
        return acts(key.deleteRule()) || acts(key.updateRule());
    }

    private static boolean acts(ReferentialAction rule) {
        return rule != ReferentialAction.RESTRICT && rule != ReferentialAction.NO_ACTION;
    }

    long number() {
        return Objects.requireNonNull(key.number());
    }

    String from() {
        return EngineNames.quoted(table.name()) + " AS c";
    }

    int width() {
        return key.columns().size();
    }

    String column(int i) {
        return EngineNames.quoted(key.columns().get(i));
    }

    /** As CREATE TABLE says it. */
    String declaration() {
        return "CONSTRAINT " + EngineNames.quoted(key.name()) + " FOREIGN KEY (" + each(this::column, ", ")
                + ") REFERENCES " + EngineNames.quoted(key.referencedTable().schema()) + "."
                + EngineNames.quoted(key.referencedTable().name()) + " ("
                + each(i -> EngineNames.quoted(key.referencedColumns().get(i)), ", ") + ") ON UPDATE "
                + words(key.updateRule()) + " ON DELETE " + words(key.deleteRule());
    }

    private static String words(ReferentialAction rule) {
        return rule.name().replace('_', ' ');
    }

    /** What a column of the key is by default, as SQL. */
    String defaultOf(int i) {
        return table.column(key.columns().get(i))
                .map(Column::defaultExpression)
                .map(expression -> "(" + expression + ")")
                .orElse("NULL");
    }

    boolean has(String column) {
        return key.columns().stream().anyMatch(column::equalsIgnoreCase);
    }

    /** {@code c.a = other(0) AND c.b = other(1)} */
    String equal(IntFunction<String> other) {
        return equal("c", other);
    }

    private String equal(String row, IntFunction<String> other) {
        return each(i -> row + "." + column(i) + " = " + other.apply(i), " AND ");
    }

    String each(IntFunction<String> part, String separator) {
        return IntStream.range(0, width()).mapToObj(part).collect(Collectors.joining(separator));
    }

    /** Whether rows reference nothing. {@code c} are those to look at, as an item of FROM. */
    String orphans(String from) {
        return "EXISTS (SELECT 1 FROM " + from + " ANTI JOIN " + EngineNames.quoted(key.referencedTable()) + " AS p ON "
                + equal(i -> "p." + EngineNames.quoted(key.referencedColumns().get(i))) + " WHERE "
                + each(i -> "c." + column(i) + " IS NOT NULL", " AND ");
    }

    /** Whether rows of the table reference nothing. */
    String orphans() {
        return orphans(from()) + ")";
    }

    /** Whether rows that this transaction wrote reference nothing. */
    String newOrphans() {
        return orphans(from()) + WRITTEN_HERE + ")";
    }

    /** An expression that fails: what was done to the referencing table is wrong. */
    String refusal() {
        return failure("insert or update on table \"" + table.name().name() + "\" violates foreign key constraint \""
                + key.name() + "\": no row of \"" + key.referencedTable().name() + "\" has such a key");
    }

    /** An expression that fails: the referenced rows must stay. */
    String restriction() {
        return failure("update or delete on table \"" + key.referencedTable().name()
                + "\" violates foreign key constraint \"" + key.name() + "\" on table \""
                + table.name().name() + "\"");
    }

    private static String failure(String text) {
        return "error(" + EngineNames.literal(text) + ")";
    }
}
