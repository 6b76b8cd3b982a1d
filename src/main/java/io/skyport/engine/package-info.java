/** The only DuckDB: databases, bounded connections, and statements whose results and inputs are Arrow streams. */
@NullMarked
package io.skyport.engine;

import org.jspecify.annotations.NullMarked;
