/** From text to tree: the grammar's front, its rules and its errors. */
@NullMarked
package io.skyport.sql.text;

import org.jspecify.annotations.NullMarked;
