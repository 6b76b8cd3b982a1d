/** The FlyDB server: connections, their order and limits, and what each message asks of a session. */
@NullMarked
package io.skyport.flydb.server;

import org.jspecify.annotations.NullMarked;
