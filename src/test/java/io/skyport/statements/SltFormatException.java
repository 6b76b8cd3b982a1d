package io.skyport.statements;

/** A file that is not in the format. */
final class SltFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SltFormatException(String file, int line, String text) {
        super(file + ":" + line + ": " + text);
    }
}
