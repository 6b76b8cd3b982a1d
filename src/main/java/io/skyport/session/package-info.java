/** All per-client state and the verbs both protocols translate to: prepare, bind, execute, fetch, cancel, close. */
@NullMarked
package io.skyport.session;

import org.jspecify.annotations.NullMarked;
