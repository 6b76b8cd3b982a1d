package io.skyport.catalog;

import io.skyport.catalog.Table.ForeignKey;

/** A foreign key together with the table that has it. */
public record ReferencingKey(ObjectName table, ForeignKey key) {}
