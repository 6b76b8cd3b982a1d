/** A whole database as statements that make it again. */
@NullMarked
package io.skyport.sql.export;

import org.jspecify.annotations.NullMarked;
