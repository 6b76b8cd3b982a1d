/** Checks statements with Calcite's validator against the catalog: types of parameters, complaints. */
@NullMarked
package io.skyport.sql.validate;

import org.jspecify.annotations.NullMarked;
