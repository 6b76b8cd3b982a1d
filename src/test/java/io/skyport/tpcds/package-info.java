/** TPC-DS: its data and its queries. */
@NullMarked
package io.skyport.tpcds;

import org.jspecify.annotations.NullMarked;
