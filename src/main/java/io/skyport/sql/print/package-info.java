/** Writes statements for the engine: names resolved, parameters numbered, every spelling the engine's. */
@NullMarked
package io.skyport.sql.print;

import org.jspecify.annotations.NullMarked;
