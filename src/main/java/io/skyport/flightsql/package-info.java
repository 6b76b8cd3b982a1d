/** Arrow Flight SQL: translates gRPC and Flight calls to session verbs and back, without any knowledge of SQL. */
@NullMarked
package io.skyport.flightsql;

import org.jspecify.annotations.NullMarked;
