/** Substrait plans as SQL: read by Isthmus into Calcite's algebra, and written as a text that compiles like any other. */
@org.jspecify.annotations.NullMarked
package io.skyport.sql.substrait;
