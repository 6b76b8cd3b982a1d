package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Values as JSON: what is no number and no truth value is a string, never an array or object. */
final class JsonSink implements ValueSink {

    private final JsonGenerator json;

    JsonSink(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void nothing() throws IOException {
        json.writeNull();
    }

    @Override
    public void truth(boolean value) throws IOException {
        json.writeBoolean(value);
    }

    @Override
    public void integer(long value) throws IOException {
        json.writeNumber(value);
    }

    /** What is no finite number becomes a string. */
    @Override
    public void real(double value) throws IOException {
        json.writeNumber(value);
    }

    @Override
    public void real(float value) throws IOException {
        json.writeNumber(value);
    }

    @Override
    public void text(byte[] bytes, int length) throws IOException {
        json.writeUTF8String(bytes, 0, length);
    }

    @Override
    public void plain(byte[] bytes, int length) throws IOException {
        json.writeRawUTF8String(bytes, 0, length);
    }

    @Override
    public void binary(byte[] bytes, int length) throws IOException {
        json.writeBinary(bytes, 0, length);
    }
}
