/** Skyport: one SQL server, two wires. Each sub-package is a room; docs/architecture.md draws them. */
@NullMarked
package io.skyport;

import org.jspecify.annotations.NullMarked;
