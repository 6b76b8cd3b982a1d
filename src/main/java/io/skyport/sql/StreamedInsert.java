package io.skyport.sql;

/**
 * An INSERT ... VALUES whose parameter rows arrive as an Arrow stream: column {@code i} of the stream is parameter
 * {@code i}, named {@code p1..pn}.
 *
 * @param streamName the table name under which {@code engineSql} reads the stream
 * @param engineSql INSERT ... SELECT from the stream, with the same expressions, casts and defaults as the row form
 */
public record StreamedInsert(String streamName, String engineSql) {}
