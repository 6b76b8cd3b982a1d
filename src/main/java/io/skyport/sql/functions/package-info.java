/** The engine's functions, as the engine lists them. */
@NullMarked
package io.skyport.sql.functions;

import org.jspecify.annotations.NullMarked;
