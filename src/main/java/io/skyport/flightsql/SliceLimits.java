package io.skyport.flightsql;

/**
 * How large a message of a result may be.
 *
 * @param maxRows rows in a slice
 * @param maxBytes buffer bytes of a slice with more than one row
 * @param maxRowBytes buffer bytes of a slice with one row
 */
record SliceLimits(int maxRows, long maxBytes, long maxRowBytes) {}
