package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.statement.TableAction.DropConstraint;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;

/** ADD and DROP CONSTRAINT of ALTER TABLE. */
final class ConstraintChanges {

    private final AlteredTable altered;

    ConstraintChanges(AlteredTable altered) {
        this.altered = altered;
    }

    void add(TableConstraint constraint) {
        TableElements.requireColumns(constraint.columns(), altered.columns());
        switch (constraint.kind()) {
            case PRIMARY_KEY -> {
                if (altered.table().primaryKey() != null) {
                    throw Compilation.error(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "table \"" + altered.name().name() + "\" has more than one primary key",
                            constraint);
                }
                altered.alter().sql(" ADD PRIMARY KEY ").names(constraint.columns());
            }
            case UNIQUE -> addUnique(constraint);
            case FOREIGN_KEY -> addForeignKey(constraint);
            case CHECK ->
                Unsupported.refuse(
                        constraint.getParserPosition(),
                        "ALTER TABLE ... ADD " + constraint.kind().words());
        }
    }

    /** The engine adds none, not even without actions. */
    private void addForeignKey(TableConstraint constraint) {
        KeyDeclarations declarations = new KeyDeclarations(
                altered.compilation(), KeyDeclarations.Shape.of(altered.table()), constraintNames());
        Table.ForeignKey key = declarations.add(
                constraint.name().orElse(null),
                TableElements.names(constraint.columns()),
                constraint.reference().orElseThrow());
        altered.addAll(declarations.statements());
        altered.addAll(List.of(KeyLocks.check(new EnforcedKey(altered.table(), key))));
    }

    /** A unique index is all that a unique constraint is, but the engine's own foreign keys cannot reference it. */
    private void addUnique(TableConstraint constraint) {
        String named = constraint
                .name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> Stream.concat(
                                Stream.of(altered.name().name()),
                                constraint.columns().stream().map(column -> ((SqlIdentifier) column).getSimple()))
                        .collect(Collectors.joining("_", "", "_key")));
        altered.add(altered.compilation()
                .newPrinter()
                .sql("CREATE UNIQUE INDEX ")
                .at(constraint)
                .quoted(named)
                .sql(" ON ")
                .name(altered.name(), altered.source())
                .sql(" ")
                .names(constraint.columns()));
    }

    void drop(DropConstraint change) {
        String wanted = change.name().getSimple();
        List<EnforcedKey> keys = EnforcedKey.in(altered.table()).stream()
                .filter(key -> key.key().name().equalsIgnoreCase(wanted))
                .toList();
        if (altered.table().indexes().stream()
                .anyMatch(index -> index.unique() && index.name().equalsIgnoreCase(wanted))) {
            KeyRecords.requireUnneeded(
                    altered.table(), wanted, altered.compilation().names().catalog(), change.name());
            altered.add(altered.compilation()
                    .newPrinter()
                    .sql("DROP INDEX ")
                    .name(
                            new ObjectName(
                                    altered.name().database(), altered.name().schema(), wanted),
                            change.name()));
        } else if (!keys.isEmpty()) {
            String database = altered.name().database();
            altered.addAll(List.of(KeyDeclarations.createSchema(database)));
            altered.addAll(KeyRecords.forget(database, keys));
        } else if (constraintNames().anyMatch(wanted::equalsIgnoreCase)) {
            Unsupported.refuse(
                    change.name().getParserPosition(),
                    "ALTER TABLE ... DROP CONSTRAINT of a constraint of CREATE TABLE");
        } else if (!change.ifExists()) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "constraint \"" + wanted + "\" of table \"" + altered.name().name() + "\" does not exist",
                    change.name());
        }
    }

    private Stream<String> constraintNames() {
        return Stream.of(
                        Stream.ofNullable(altered.table().primaryKey()).map(Table.Key::name),
                        altered.table().uniqueKeys().stream().map(Table.Key::name),
                        altered.table().checks().stream().map(Table.Check::name),
                        altered.table().foreignKeys().stream().map(Table.ForeignKey::name))
                .flatMap(names -> names);
    }
}
