package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that other servers have and Skyport does not: the answer says what to do instead. */
public final class RefusedStatement extends Statement {

    private static final String DATABASES = "databases are made by CREATE DATABASE and lie in the data directory";
    private static final String EXTENSIONS = "the engine's extensions are those it was built with";
    private static final String USERS = "users and their roles stand in the server's configuration";

    /** By the word that the statement starts with: what to do instead, or why not. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("ATTACH", DATABASES),
            Map.entry("DETACH", DATABASES),
            Map.entry("INSTALL", EXTENSIONS),
            Map.entry("LOAD", EXTENSIONS),
            Map.entry("GRANT", USERS),
            Map.entry("REVOKE", USERS),
            Map.entry("EXPORT", "EXPORT DATABASE writes a database to files, and there is no audit trail"),
            Map.entry("IMPORT", "IMPORT DATABASE reads what EXPORT DATABASE wrote, and COPY reads files"),
            Map.entry("LOCK", "every transaction sees its own snapshot, and conflicts are found when it writes"),
            Map.entry("LISTEN", "there are no notifications"),
            Map.entry("NOTIFY", "there are no notifications"),
            Map.entry("UNLISTEN", "there are no notifications"),
            Map.entry("DO", "there is no procedural language"));

    private static final String PROCEDURES = "there is no procedural language";

    /** By the kind of object, which CREATE, ALTER or DROP names. */
    private static final Map<String, String> OBJECTS = Map.of(
            "TRIGGER", "statements change only what they name",
            "PROCEDURE", PROCEDURES,
            "USER", USERS,
            "ROLE", USERS,
            "EXTENSION", EXTENSIONS);

    private final String what;
    private final String reason;

    /** @param word that the statement starts with */
    public RefusedStatement(SqlParserPos pos, String word) {
        super(pos, word);
        this.what = word.toUpperCase(Locale.ROOT);
        this.reason = Objects.requireNonNull(REASONS.get(what));
    }

    /**
     * @param verb CREATE, ALTER or DROP
     * @param kind of object
     */
    public RefusedStatement(SqlParserPos pos, String verb, String kind) {
        super(pos, verb);
        this.what = verb.toUpperCase(Locale.ROOT) + " " + kind.toUpperCase(Locale.ROOT);
        this.reason = Objects.requireNonNull(OBJECTS.get(kind.toUpperCase(Locale.ROOT)));
    }

    /** By the word that a refused statement starts with: what to do instead, or why not. */
    public static Map<String, String> reasons() {
        return REASONS;
    }

    /** By the kind of object that cannot be made, changed or dropped: why not. */
    public static Map<String, String> objects() {
        return OBJECTS;
    }

    /** Whether objects of that kind are refused. */
    public static boolean isObject(String kind) {
        return OBJECTS.containsKey(kind.toUpperCase(Locale.ROOT));
    }

    /** Whether a statement that starts with {@code word} is refused. */
    public static boolean startsWith(String word) {
        return REASONS.containsKey(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public Draft compile(Compilation compilation) {
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported: " + reason, this);
    }
}
