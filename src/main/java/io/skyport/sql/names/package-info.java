/** What names mean: against the catalog, from where the session looks. */
@NullMarked
package io.skyport.sql.names;

import org.jspecify.annotations.NullMarked;
