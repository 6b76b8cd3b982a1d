/** The only Calcite: compiles SQL text against the catalog into an immutable statement for the engine; executes nothing. */
@NullMarked
package io.skyport.sql;

import org.jspecify.annotations.NullMarked;
