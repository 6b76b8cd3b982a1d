/** The second wire: the FlyDB binary protocol on a TCP port, translated to session verbs and back. */
@NullMarked
package io.skyport.flydb;

import org.jspecify.annotations.NullMarked;
