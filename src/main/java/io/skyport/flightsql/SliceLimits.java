package io.skyport.flightsql;

/**
 * How large a message of a result may be.
 *
 * @param maxRows rows in a slice
 * @param maxBytes bytes of a message with more than one row, as {@link MessageSize} counts
 * @param maxRowBytes bytes of a message with one row
 */
record SliceLimits(int maxRows, long maxBytes, long maxRowBytes) {}
