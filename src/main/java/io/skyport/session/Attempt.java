package io.skyport.session;

/**
 * A statement that runs now and ends before its caller goes on.
 *
 * @param cancellation stops it
 * @param entry knows why it was stopped
 */
record Attempt(Cancellation cancellation, Running.Entry entry) {}
