package io.skyport.flydb.server;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as FlyDB's own server shows them: a line of names, a line for each row, values apart by a comma and a blank, and at the end
 * how many there are. A line break in a value is shown as {@code \n}, so that a row stays a line.
 */
final class TextGrid implements RowText {

    /** Bytes of a text; beyond it there is none, as the rows themselves are in the same message. */
    static final int LIMIT = 1 << 20;

    private final boolean ofProperties;
    private final byte[] separator;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean firstValue = true;
    private long rows;

    private TextGrid(boolean ofProperties) {
        this.ofProperties = ofProperties;
        this.separator = (ofProperties ? ": " : ", ").getBytes(StandardCharsets.US_ASCII);
    }

    static TextGrid rows(List<String> header) {
        TextGrid grid = new TextGrid(false);
        header.forEach(grid::value);
        return grid;
    }

    /** Rows of a name and a value: a line each, {@code name: value}, and nothing around them. A heading has no value. */
    static TextGrid properties() {
        return new TextGrid(true);
    }

    @Override
    public void beginRow() {
        if (!ofProperties || text.size() > 0) {
            text.write('\n');
        }
        firstValue = true;
    }

    @Override
    public boolean hasRoom() {
        return text.size() <= LIMIT;
    }

    @Override
    public void count(int more) {
        rows += more;
    }

    /** Null if it would be too long. */
    @Override
    public @Nullable String text() {
        String count = ofProperties ? "" : "\n(" + rows + " rows)";
        return hasRoom() ? text.toString(StandardCharsets.UTF_8) + count : null;
    }

    private void value(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        text(bytes, bytes.length);
    }

    private void separate() {
        if (!firstValue) {
            text.writeBytes(separator);
        }
        firstValue = false;
    }

    @Override
    public void nothing() {
        if (!ofProperties) {
            value("NULL");
        }
    }

    @Override
    public void truth(boolean value) {
        value(String.valueOf(value));
    }

    @Override
    public void integer(long value) {
        value(String.valueOf(value));
    }

    @Override
    public void real(double value) {
        value(NumberOutput.toString(value, true));
    }

    @Override
    public void real(float value) {
        value(NumberOutput.toString(value, true));
    }

    @Override
    public void text(byte[] bytes, int length) {
        separate();
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                text.write('\\');
                text.write(bytes[i] == '\n' ? 'n' : 'r');
            } else {
                text.write(bytes[i]);
            }
        }
    }

    @Override
    public void plain(byte[] bytes, int length) {
        separate();
        text.write(bytes, 0, length);
    }

    @Override
    public void binary(byte[] bytes, int length) {
        separate();
        text.writeBytes(Base64.getEncoder().encode(Arrays.copyOf(bytes, length)));
    }
}
