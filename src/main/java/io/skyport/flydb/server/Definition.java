package io.skyport.flydb.server;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The last value of a row as it is: of SHOW CREATE, the statement, which FlyDB's dump puts into its file with a semicolon of its
 * own.
 */
final class Definition implements RowText {

    private @Nullable String text;

    @Override
    public void beginRow() {}

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void count(int more) {}

    @Override
    public @Nullable String text() {
        return text;
    }

    @Override
    public void nothing() {}

    @Override
    public void truth(boolean value) {}

    @Override
    public void integer(long value) {}

    @Override
    public void real(double value) {}

    @Override
    public void real(float value) {}

    @Override
    public void text(byte[] bytes, int length) {
        String statement = new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
        text = statement.endsWith(";") ? statement.substring(0, statement.length() - 1) : statement;
    }

    @Override
    public void plain(byte[] bytes, int length) {}

    @Override
    public void binary(byte[] bytes, int length) {}
}
