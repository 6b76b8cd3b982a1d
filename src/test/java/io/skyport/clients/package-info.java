/** End to end: the running server held against the clients that people have, and against what no client should send. */
@NullUnmarked
package io.skyport.clients;

import org.jspecify.annotations.NullUnmarked;
