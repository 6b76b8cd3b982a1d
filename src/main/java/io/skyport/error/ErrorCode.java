package io.skyport.error;

import static io.skyport.error.RpcStatus.ABORTED;
import static io.skyport.error.RpcStatus.ALREADY_EXISTS;
import static io.skyport.error.RpcStatus.CANCELLED;
import static io.skyport.error.RpcStatus.DEADLINE_EXCEEDED;
import static io.skyport.error.RpcStatus.FAILED_PRECONDITION;
import static io.skyport.error.RpcStatus.INTERNAL;
import static io.skyport.error.RpcStatus.INVALID_ARGUMENT;
import static io.skyport.error.RpcStatus.NOT_FOUND;
import static io.skyport.error.RpcStatus.PERMISSION_DENIED;
import static io.skyport.error.RpcStatus.RESOURCE_EXHAUSTED;
import static io.skyport.error.RpcStatus.UNAUTHENTICATED;
import static io.skyport.error.RpcStatus.UNAVAILABLE;
import static io.skyport.error.RpcStatus.UNIMPLEMENTED;

/**
 * Every kind of failure a client can see, with what each protocol says for it.
 *
 * <p>SQLSTATEs are the SQL standard's and, where that has none, PostgreSQL's; FlyDB codes are those of the FlyDB driver
 * guide (section "Common Error Codes"): 400 for what is malformed or out of place, 404 for what a message or statement names and
 * the session does not have, 500 for a statement that fails, as with FlyDB's own server; RPC statuses follow the Flight SQL error table.
 */
public enum ErrorCode {
    PARAMETER_COUNT_MISMATCH("07001", 400, INVALID_ARGUMENT),
    CONNECTION_EXCEPTION("08000", 500, UNAVAILABLE),
    PROTOCOL_VIOLATION("08P01", 400, INVALID_ARGUMENT),
    FEATURE_NOT_SUPPORTED("0A000", 501, UNIMPLEMENTED),
    NO_DATA("02000", 404, NOT_FOUND),
    CARDINALITY_VIOLATION("21000", 500, INVALID_ARGUMENT),
    DATA_EXCEPTION("22000", 500, INVALID_ARGUMENT),
    NUMERIC_VALUE_OUT_OF_RANGE("22003", 500, INVALID_ARGUMENT),
    INVALID_DATETIME_FORMAT("22007", 500, INVALID_ARGUMENT),
    DATETIME_FIELD_OVERFLOW("22008", 500, INVALID_ARGUMENT),
    DIVISION_BY_ZERO("22012", 500, INVALID_ARGUMENT),
    INVALID_ARGUMENT_FOR_NTILE("22014", 500, INVALID_ARGUMENT),
    INVALID_REGULAR_EXPRESSION("2201B", 500, INVALID_ARGUMENT),
    INVALID_ARGUMENT_FOR_LOGARITHM("2201E", 500, INVALID_ARGUMENT),
    INVALID_ARGUMENT_FOR_POWER_FUNCTION("2201F", 500, INVALID_ARGUMENT),
    INVALID_PARAMETER_VALUE("22023", 500, INVALID_ARGUMENT),
    INVALID_ESCAPE_SEQUENCE("22025", 500, INVALID_ARGUMENT),
    INVALID_TEXT_REPRESENTATION("22P02", 500, INVALID_ARGUMENT),
    INTEGRITY_CONSTRAINT_VIOLATION("23000", 500, FAILED_PRECONDITION),
    NOT_NULL_VIOLATION("23502", 500, INVALID_ARGUMENT),
    FOREIGN_KEY_VIOLATION("23503", 500, FAILED_PRECONDITION),
    UNIQUE_VIOLATION("23505", 500, ALREADY_EXISTS),
    CHECK_VIOLATION("23514", 500, INVALID_ARGUMENT),
    INVALID_CURSOR_STATE("24000", 400, FAILED_PRECONDITION),
    INVALID_TRANSACTION_STATE("25000", 400, FAILED_PRECONDITION),
    ACTIVE_TRANSACTION("25001", 400, FAILED_PRECONDITION),
    READ_ONLY_TRANSACTION("25006", 400, FAILED_PRECONDITION),
    NO_ACTIVE_TRANSACTION("25P01", 400, FAILED_PRECONDITION),
    IN_FAILED_TRANSACTION("25P02", 400, FAILED_PRECONDITION),
    IDLE_TRANSACTION_TIMEOUT("25P03", 400, FAILED_PRECONDITION),
    INVALID_STATEMENT_NAME("26000", 404, NOT_FOUND),
    INVALID_AUTHORIZATION("28000", 401, UNAUTHENTICATED),
    DEPENDENT_OBJECTS_STILL_EXIST("2BP01", 500, FAILED_PRECONDITION),
    INVALID_CURSOR_NAME("34000", 404, NOT_FOUND),
    INVALID_SAVEPOINT("3B001", 404, NOT_FOUND),
    INVALID_CATALOG_NAME("3D000", 404, NOT_FOUND),
    INVALID_SCHEMA_NAME("3F000", 404, NOT_FOUND),
    SERIALIZATION_FAILURE("40001", 500, ABORTED),
    DEADLOCK_DETECTED("40P01", 500, ABORTED),
    SYNTAX_OR_ACCESS_RULE_VIOLATION("42000", 500, INVALID_ARGUMENT),
    INSUFFICIENT_PRIVILEGE("42501", 403, PERMISSION_DENIED),
    SYNTAX_ERROR("42601", 400, INVALID_ARGUMENT),
    DUPLICATE_COLUMN("42701", 500, INVALID_ARGUMENT),
    AMBIGUOUS_COLUMN("42702", 500, INVALID_ARGUMENT),
    UNDEFINED_COLUMN("42703", 500, INVALID_ARGUMENT),
    UNDEFINED_OBJECT("42704", 500, NOT_FOUND),
    DUPLICATE_OBJECT("42710", 500, ALREADY_EXISTS),
    GROUPING_ERROR("42803", 500, INVALID_ARGUMENT),
    DATATYPE_MISMATCH("42804", 500, INVALID_ARGUMENT),
    /** A value given for a column that always generates its own. */
    GENERATED_ALWAYS("428C9", 500, INVALID_ARGUMENT),
    INVALID_FOREIGN_KEY("42830", 500, INVALID_ARGUMENT),
    WRONG_OBJECT_TYPE("42809", 500, INVALID_ARGUMENT),
    UNDEFINED_FUNCTION("42883", 500, INVALID_ARGUMENT),
    /** A column's number beyond the columns that there are, or more names than columns. */
    INVALID_COLUMN_REFERENCE("42P10", 500, INVALID_ARGUMENT),
    UNDEFINED_TABLE("42P01", 500, NOT_FOUND),
    UNDEFINED_PARAMETER("42P02", 500, INVALID_ARGUMENT),
    DUPLICATE_CURSOR("42P03", 500, ALREADY_EXISTS),
    DUPLICATE_DATABASE("42P04", 500, ALREADY_EXISTS),
    DUPLICATE_PREPARED_STATEMENT("42P05", 500, ALREADY_EXISTS),
    DUPLICATE_SCHEMA("42P06", 500, ALREADY_EXISTS),
    DUPLICATE_TABLE("42P07", 500, ALREADY_EXISTS),
    INVALID_TABLE_DEFINITION("42P16", 500, INVALID_ARGUMENT),
    INVALID_OBJECT_DEFINITION("42P17", 500, INVALID_ARGUMENT),
    INDETERMINATE_DATATYPE("42P18", 500, INVALID_ARGUMENT),
    DISK_FULL("53100", 500, RESOURCE_EXHAUSTED),
    OUT_OF_MEMORY("53200", 500, RESOURCE_EXHAUSTED),
    TOO_MANY_CONNECTIONS("53300", 500, RESOURCE_EXHAUSTED),
    CONFIGURATION_LIMIT_EXCEEDED("53400", 500, RESOURCE_EXHAUSTED),
    PROGRAM_LIMIT_EXCEEDED("54000", 400, RESOURCE_EXHAUSTED),
    STATEMENT_TOO_COMPLEX("54001", 400, INVALID_ARGUMENT),
    OBJECT_IN_USE("55006", 500, FAILED_PRECONDITION),
    /** Others who must end first did not, in the time that there is for it. */
    LOCK_NOT_AVAILABLE("55P03", 500, ABORTED),
    QUERY_CANCELED("57014", 500, CANCELLED),
    STATEMENT_TIMEOUT("57014", 500, DEADLINE_EXCEEDED),
    ADMIN_SHUTDOWN("57P01", 500, UNAVAILABLE),
    CANNOT_CONNECT_NOW("57P03", 500, UNAVAILABLE),
    IO_ERROR("58030", 500, UNAVAILABLE),
    UNDEFINED_FILE("58P01", 500, NOT_FOUND),
    /** A ticket, handle or action that this server never issued, or has forgotten. */
    UNKNOWN_HANDLE("HY000", 404, NOT_FOUND),
    GENERAL_ERROR("HY000", 500, INTERNAL),
    /** The engine declared its database invalid; it is reopened before anything else runs. */
    ENGINE_INVALIDATED("XX001", 500, UNAVAILABLE, true),
    INTERNAL_ERROR("XX000", 500, INTERNAL);

    private final String sqlState;
    private final int flydbCode;
    private final RpcStatus rpcStatus;
    private final boolean fatal;

    ErrorCode(String sqlState, int flydbCode, RpcStatus rpcStatus) {
        this(sqlState, flydbCode, rpcStatus, false);
    }

    ErrorCode(String sqlState, int flydbCode, RpcStatus rpcStatus, boolean fatal) {
        this.sqlState = sqlState;
        this.flydbCode = flydbCode;
        this.rpcStatus = rpcStatus;
        this.fatal = fatal;
    }

    /** Five characters: class and subclass. */
    public String sqlState() {
        return sqlState;
    }

    /** The code of a FlyDB error message. */
    public int flydbCode() {
        return flydbCode;
    }

    public RpcStatus rpcStatus() {
        return rpcStatus;
    }

    /** Whether the engine cannot go on without being reopened. */
    public boolean fatal() {
        return fatal;
    }
}
