package io.skyport.flydb.message;

import java.util.Optional;

/** The types of messages with their codes (FlyDB driver guide, "Message Types"). */
public enum MessageType {
    QUERY(0x01, "query"),
    QUERY_RESULT(0x02, "query result"),
    ERROR(0x03, "error"),
    PREPARE(0x04, "prepare"),
    PREPARE_RESULT(0x05, "prepare result"),
    EXECUTE(0x06, "execute"),
    DEALLOCATE(0x07, "deallocate"),
    AUTH(0x08, "auth"),
    AUTH_RESULT(0x09, "auth result"),
    PING(0x0A, "ping"),
    PONG(0x0B, "pong"),
    CURSOR_OPEN(0x10, "cursor open"),
    CURSOR_FETCH(0x11, "cursor fetch"),
    CURSOR_CLOSE(0x12, "cursor close"),
    CURSOR_SCROLL(0x13, "cursor scroll"),
    CURSOR_RESULT(0x14, "cursor result"),
    GET_TABLES(0x20, "get tables"),
    GET_COLUMNS(0x21, "get columns"),
    GET_PRIMARY_KEYS(0x22, "get primary keys"),
    GET_FOREIGN_KEYS(0x23, "get foreign keys"),
    GET_INDEXES(0x24, "get indexes"),
    GET_TYPE_INFO(0x25, "get type info"),
    METADATA_RESULT(0x26, "metadata result"),
    BEGIN_TX(0x30, "begin tx"),
    COMMIT_TX(0x31, "commit tx"),
    ROLLBACK_TX(0x32, "rollback tx"),
    SAVEPOINT(0x33, "savepoint"),
    TX_RESULT(0x34, "tx result"),
    SET_OPTION(0x40, "set option"),
    GET_OPTION(0x41, "get option"),
    GET_SERVER_INFO(0x42, "get server info"),
    SESSION_RESULT(0x43, "session result"),
    USE_DATABASE(0x50, "use database"),
    GET_DATABASES(0x51, "get databases"),
    DATABASE_RESULT(0x52, "database result");

    private static final MessageType[] BY_CODE = new MessageType[1 << Byte.SIZE];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final String title;

    MessageType(int code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The type of this code, which is an unsigned byte; empty if the protocol has none. */
    public static Optional<MessageType> of(int code) {
        return Optional.ofNullable(BY_CODE[code]);
    }

    /** Whether clients send it: all but answers. */
    public boolean asks() {
        return this != ERROR && this != PONG && !name().endsWith("_RESULT");
    }

    public int code() {
        return code;
    }

    /** Its name in texts for people, as FlyDB's own server writes it: {@code invalid <title> message}. */
    public String title() {
        return title;
    }
}
