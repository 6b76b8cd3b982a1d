/** Wiring across rooms: start and stop order and fail-fast checks; nothing depends on it. */
@NullMarked
package io.skyport.config;

import org.jspecify.annotations.NullMarked;
