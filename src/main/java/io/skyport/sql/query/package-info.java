/** The parts of queries that Calcite has no nodes for. */
@NullMarked
package io.skyport.sql.query;

import org.jspecify.annotations.NullMarked;
