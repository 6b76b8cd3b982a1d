package io.skyport.flydb.server;

import java.io.IOException;

/** Takes values of rows, whose bytes are the caller's and hold until the call returns. */
interface ValueSink {

    void nothing() throws IOException;

    void truth(boolean value) throws IOException;

    void integer(long value) throws IOException;

    void real(double value) throws IOException;

    void real(float value) throws IOException;

    /** Text in UTF-8. */
    void text(byte[] bytes, int length) throws IOException;

    /** Text in ASCII in which nothing needs to be escaped. */
    void plain(byte[] bytes, int length) throws IOException;

    void binary(byte[] bytes, int length) throws IOException;
}
