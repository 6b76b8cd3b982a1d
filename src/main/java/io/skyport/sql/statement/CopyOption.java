package io.skyport.sql.statement;

/** What an option of COPY is for, and what values it takes. */
record CopyOption(Use use, Value value) {

    enum Use {
        READ,
        WRITE,
        BOTH
    }

    enum Value {
        FLAG,
        NUMBER,
        TEXT,
        /** A text, or a list of them. */
        TEXTS,
        /** Columns, or all of them. */
        COLUMNS,
        /** A part of a file's name: without a separator of directories. */
        NAME_PART
    }
}
