package io.skyport.sql;

/** The setting that says what texts mean that statements store in binary columns. */
public final class BinaryLiterals {

    public static final String SETTING = "binary_literals";

    /** The engine's form: the bytes of the text, and {@code \\x41} for one of them. */
    public static final String ESCAPE = "escape";

    /** FlyDB's form. */
    public static final String BASE64 = "base64";

    private BinaryLiterals() {}
}
