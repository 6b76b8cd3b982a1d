/** Who is calling and what they may do: credentials, principals and tokens. */
@NullMarked
package io.skyport.security;

import org.jspecify.annotations.NullMarked;
