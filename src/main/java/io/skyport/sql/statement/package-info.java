/**
 * The statements of Skyport's own grammar: one class for each kind, which knows its parts and compiles itself. A kind is
 * added by a template under src/main/codegen/includes, a line in statement.ftl, a class here, and tests.
 */
@NullMarked
package io.skyport.sql.statement;

import org.jspecify.annotations.NullMarked;
