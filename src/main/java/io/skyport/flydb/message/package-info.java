/** The messages of the FlyDB protocol, one record for each, and their bytes; nothing else. */
@NullMarked
package io.skyport.flydb.message;

import org.jspecify.annotations.NullMarked;
