/** What can go wrong: one enum of error codes and the one exception that carries code, text and SQL position. */
@NullMarked
package io.skyport.error;

import org.jspecify.annotations.NullMarked;
