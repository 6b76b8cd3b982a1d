/** Metrics and health, made of what session and engine tell their listeners; nothing calls into it. */
@NullMarked
package io.skyport.observability;

import org.jspecify.annotations.NullMarked;
