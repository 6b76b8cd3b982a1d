/** Measures Skyport over Flight beside the same DuckDB in process: {@code ./mvnw -Pbench verify}. */
@NullMarked
package io.skyport.bench;

import org.jspecify.annotations.NullMarked;
