package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** INSPECT TABLE: everything about one table. */
final class InspectedTable {

    private static final String NONE = "none";

    private final Table table;

    InspectedTable(Table table) {
        this.table = table;
    }

    void print(Printer printer) {
        Properties properties = new Properties(printer);
        properties.text("Table", table.name().name());
        columns(properties);
        Table.Key primary = table.primaryKey();
        properties.text("Primary Key", primary == null ? NONE : String.join(", ", primary.columns()));
        foreignKeys(properties);
        constraints(properties);
        increments(properties);
        boolean rows = table.kind() == TableKind.TABLE && table.external() == null;
        properties.sql("Row count", Sizes.rows(table.name()));
        properties.text("Indexes", indexes());
        properties.sql("Storage size", rows ? Sizes.table(table.name()) : "'-'");
        properties.text("Created", "-");
        properties.text("Last modified", "-");
        properties.end();
    }

    private void columns(Properties properties) {
        properties.heading("Columns:");
        for (Column column : table.columns()) {
            List<String> notes = notes(column);
            properties.heading("  " + column.ordinal() + ". " + column.name() + " ("
                    + column.type().name() + ")" + (notes.isEmpty() ? "" : " [" + String.join(", ", notes) + "]"));
        }
    }

    private List<String> notes(Column column) {
        List<String> notes = new ArrayList<>();
        Table.Key primary = table.primaryKey();
        if (primary != null && primary.columns().contains(column.name())) {
            notes.add("PRIMARY KEY");
        } else if (!column.nullable()) {
            notes.add("NOT NULL");
        }
        if (table.uniqueKeys().stream().anyMatch(key -> key.columns().equals(List.of(column.name())))) {
            notes.add("UNIQUE");
        }
        if (column.autoIncrement()) {
            notes.add("AUTO_INCREMENT");
        } else if (column.defaultExpression() != null) {
            notes.add((column.generated() ? "GENERATED " : "DEFAULT ") + column.defaultExpression());
        }
        return notes;
    }

    private void foreignKeys(Properties properties) {
        if (table.foreignKeys().isEmpty()) {
            return;
        }
        properties.heading("Foreign Keys:");
        for (Table.ForeignKey key : table.foreignKeys()) {
            properties.heading("  " + String.join(", ", key.columns()) + " -> "
                    + key.referencedTable().name() + "(" + String.join(", ", key.referencedColumns()) + ") ON DELETE "
                    + words(key.deleteRule()) + " ON UPDATE " + words(key.updateRule()));
        }
    }

    private static String words(ReferentialAction action) {
        return action.name().replace('_', ' ');
    }

    private void constraints(Properties properties) {
        List<String> constraints = new ArrayList<>();
        table.uniqueKeys().stream()
                .filter(key -> key.columns().size() > 1)
                .forEach(key -> constraints.add(key.name() + ": UNIQUE (" + String.join(", ", key.columns()) + ")"));
        table.checks().forEach(check -> constraints.add(check.name() + ": CHECK (" + check.condition() + ")"));
        if (!constraints.isEmpty()) {
            properties.heading("Table Constraints:");
            constraints.forEach(constraint -> properties.heading("  " + constraint));
        }
    }

    private void increments(Properties properties) {
        List<Column> increments =
                table.columns().stream().filter(Column::autoIncrement).toList();
        if (!increments.isEmpty()) {
            properties.heading("Auto-increment columns:");
            increments.forEach(column -> properties.heading("  " + column.name()));
        }
    }

    private String indexes() {
        String names = table.indexes().stream().map(Table.Index::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? NONE : names;
    }
}
