/** Files of SQL statements with their expected answers, in the format of sqllogictest, run through Skyport. */
@NullMarked
package io.skyport.statements;

import org.jspecify.annotations.NullMarked;
