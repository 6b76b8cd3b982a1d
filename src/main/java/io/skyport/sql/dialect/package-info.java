/** How statements are written for the engine: its operators, type names and spelling. */
@NullMarked
package io.skyport.sql.dialect;

import org.jspecify.annotations.NullMarked;
