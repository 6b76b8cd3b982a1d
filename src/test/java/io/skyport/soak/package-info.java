/** Everything at once, for as long as it is asked for. */
@org.jspecify.annotations.NullMarked
package io.skyport.soak;
