/** Names, types, keys and indexes: one model over DuckDB's catalog with a version that our own DDL bumps. */
@NullMarked
package io.skyport.catalog;

import org.jspecify.annotations.NullMarked;
