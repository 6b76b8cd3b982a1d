package io.skyport.engine;

import static io.skyport.error.ErrorCode.*;

import io.skyport.engine.EngineErrors.Report;
import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which {@link ErrorCode} an engine report is: by its exception type first, then by the first rule of that type whose
 * pattern occurs in the text. Texts are DuckDB's own and are held fast by EngineErrorsTest, which fails when a new
 * version words them differently.
 */
final class EngineErrorCodes {

    private static final String NUMBER = "['\"][+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?['\"]";

    private static final String NO_SPACE = "No space left|(?i)disk quota";

    private static final Pattern FULL_DISK = Pattern.compile(NO_SPACE);

    /** Of the whole instance, or of one database whose checkpoint failed, which is well again when it is opened anew. */
    private static final Pattern INVALIDATED =
            Pattern.compile("database has been invalidated|^Database \".*\" has been invalidated");

    private static final Map<String, List<Rule>> RULES = Map.ofEntries(
            type(
                    "Parser",
                    FEATURE_NOT_SUPPORTED,
                    "not supported|cannot use CASCADE|cannot be defined cross-database|not implemented",
                    SYNTAX_ERROR,
                    ""),
            type("Syntax", INVALID_ESCAPE_SEQUENCE, "Invalid escape string", SYNTAX_ERROR, ""),
            type(
                    "Constraint",
                    UNIQUE_VIOLATION,
                    "violates (primary key|unique) constraint|PRIMARY KEY or UNIQUE|Data contains duplicates",
                    NOT_NULL_VIOLATION,
                    "NOT NULL constraint failed",
                    CHECK_VIOLATION,
                    "CHECK constraint failed",
                    FOREIGN_KEY_VIOLATION,
                    "(?i)foreign key constraint",
                    INTEGRITY_CONSTRAINT_VIOLATION,
                    ""),
            type(
                    "TransactionContext",
                    DISK_FULL,
                    NO_SPACE,
                    IO_ERROR,
                    "Failed to commit: Could not (write|sync|truncate)",
                    UNIQUE_VIOLATION,
                    "PRIMARY KEY or UNIQUE constraint",
                    FOREIGN_KEY_VIOLATION,
                    "(?i)foreign key constraint",
                    IN_FAILED_TRANSACTION,
                    "transaction is aborted",
                    ACTIVE_TRANSACTION,
                    "within a transaction",
                    FEATURE_NOT_SUPPORTED,
                    "can only write to a single attached database|^Cannot create index with outstanding updates",
                    SERIALIZATION_FAILURE,
                    "(?i)conflict|altered by|Failed to commit",
                    INVALID_TRANSACTION_STATE,
                    ""),
            type("INTERRUPT", QUERY_CANCELED, ""),
            type("Out of Memory", DISK_FULL, "offload|temp_directory|temporary directory", OUT_OF_MEMORY, ""),
            type(
                    "IO",
                    DISK_FULL,
                    NO_SPACE,
                    UNDEFINED_FILE,
                    "No files found|No such file|does not exist",
                    INSUFFICIENT_PRIVILEGE,
                    "Permission denied",
                    IO_ERROR,
                    ""),
            type("Permission", INSUFFICIENT_PRIVILEGE, ""),
            type(
                    "Conversion",
                    INVALID_DATETIME_FORMAT,
                    "invalid (date|time|timestamp) field format|field value out of range: \"[^0-9\"]*\"|to INTERVAL$",
                    DATETIME_FIELD_OVERFLOW,
                    "(date|time|timestamp) field value out of range|not in (date|time|timestamp) range"
                            + "|(Date|Time|Timestamp) out of range|Epoch seconds out of range"
                            + "|Could not convert Timestamp",
                    INVALID_PARAMETER_VALUE,
                    "extract specifier|Unknown TimeZone",
                    DATATYPE_MISMATCH,
                    "Unimplemented type for cast",
                    NUMERIC_VALUE_OUT_OF_RANGE,
                    "value is out of range|Could not cast value .* to DECIMAL|Could not convert string " + NUMBER
                            + " to (U?INT\\d+|DECIMAL|FLOAT|DOUBLE)|[Oo]verflow",
                    INVALID_TEXT_REPRESENTATION,
                    ""),
            type(
                    "Out of Range",
                    DIVISION_BY_ZERO,
                    "(?i)division by zero",
                    INVALID_ARGUMENT_FOR_LOGARITHM,
                    "logarithm of",
                    INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "square root of",
                    DATETIME_FIELD_OVERFLOW,
                    "^Interval value|^(Date|Time|Timestamp) out of range|of interval",
                    INVALID_PARAMETER_VALUE,
                    "bit index|bar width",
                    NUMERIC_VALUE_OUT_OF_RANGE,
                    ""),
            type("Divide by Zero", DIVISION_BY_ZERO, ""),
            type("Decimal", NUMERIC_VALUE_OUT_OF_RANGE, ""),
            type("Mismatch Type", DATATYPE_MISMATCH, ""),
            type(
                    "Invalid Input",
                    // What the statements say that enforce keys in the engine's place.
                    FOREIGN_KEY_VIOLATION,
                    "violates foreign key constraint",
                    // DuckDB 2.0 loses the reason of a query that fails before its first rows.
                    GENERAL_ERROR,
                    "^Invalid result set$",
                    SYNTAX_ERROR,
                    "No statements to execute",
                    UNDEFINED_PARAMETER,
                    "prepared statement parameters|Parameter count mismatch",
                    INVALID_DATETIME_FORMAT,
                    "according to format specifier",
                    INVALID_TEXT_REPRESENTATION,
                    "Malformed JSON",
                    FEATURE_NOT_SUPPORTED,
                    "columns are not supported in storage version",
                    CARDINALITY_VIOLATION,
                    "More than one row returned by a subquery",
                    INVALID_ARGUMENT_FOR_NTILE,
                    "Argument for ntile",
                    // What RE2 says of a pattern, and it says no more.
                    INVALID_REGULAR_EXPRESSION,
                    "^(missing [\\])]|unexpected \\)|invalid (escape sequence|character class|perl operator|repetition"
                            + "|named capture|UTF-8)|no argument for repetition|bad repetition|trailing \\\\"
                            + "|pattern too large)",
                    INVALID_PARAMETER_VALUE,
                    "^JSON path error|format specifier|undefined outside|Slice step|Map keys|map key list|Codepoint|hex digit"
                            + "|Argument index|type specifier|accepts .* values between|new bit must|different sizes"
                            + "|must be (between|greater)|Given UUID|infinite (dates|timestamps)|Cannot subtract",
                    DATA_EXCEPTION,
                    ""),
            type("Parameter Not Resolved", INDETERMINATE_DATATYPE, ""),
            type("Parameter Not Allowed", UNDEFINED_PARAMETER, ""),
            type(
                    "Binder",
                    UNDEFINED_COLUMN,
                    "Referenced column|does not have a column|Referenced update column|Could not find key"
                            + "|does not contain column|referenced by generated column does not exist",
                    INVALID_FOREIGN_KEY,
                    "^Failed to create foreign key",
                    AMBIGUOUS_COLUMN,
                    "Ambiguous reference to column",
                    UNDEFINED_TABLE,
                    "Referenced table",
                    UNDEFINED_FUNCTION,
                    "No function matches|Could not choose a best candidate|No matching aggregate function",
                    INVALID_CATALOG_NAME,
                    "^Catalog \".*\" does not exist|^Database \".*\" not found|database not found"
                            + "|requires database .* but it was not attached",
                    DUPLICATE_COLUMN,
                    "Duplicate column name",
                    GROUPING_ERROR,
                    "must appear in the GROUP BY|cannot contain aggregates|aggregate function calls cannot be nested"
                            + "|Cannot mix aggregates",
                    INVALID_COLUMN_REFERENCE,
                    "term out of range|columns available but|aliases than columns",
                    SYNTAX_ERROR,
                    "values were supplied|same number of result columns|expected 1$",
                    DATATYPE_MISMATCH,
                    "Cannot mix values|Cannot compare|can only be applied to|cannot be cast|explicit cast",
                    INDETERMINATE_DATATYPE,
                    "(?i)could not determine type",
                    INVALID_STATEMENT_NAME,
                    "Prepared statement .* does not exist",
                    INVALID_PARAMETER_VALUE,
                    "cannot be negative|parameters in (the )?range|DECIMAL type|only supports until"
                            + "|does not take any type parameters|JSON path error",
                    FEATURE_NOT_SUPPORTED,
                    "(?i)not (yet )?supported|not implemented|^DEFAULT value cannot contain"
                            + "|^Cannot change the type of a column",
                    SYNTAX_OR_ACCESS_RULE_VIOLATION,
                    ""),
            type(
                    "Catalog",
                    INVALID_SCHEMA_NAME,
                    "because schema .* does not exist|^Schema with name .* does not exist|No catalog \\+ schema",
                    INVALID_CATALOG_NAME,
                    "^Catalog with name|^Catalog \".*\" does not exist",
                    DUPLICATE_COLUMN,
                    "^Column with name .* already exists",
                    DUPLICATE_SCHEMA,
                    "^Schema with name .* already exists",
                    WRONG_OBJECT_TYPE,
                    "^Existing object .* is of type",
                    INVALID_TABLE_DEFINITION,
                    "only has one column remaining",
                    DUPLICATE_TABLE,
                    "^Could not rename|^(Table|View|Index|Sequence) with name .* already exists",
                    DUPLICATE_OBJECT,
                    "already exists",
                    UNDEFINED_TABLE,
                    "^(Table|View) with name .* does not exist",
                    UNDEFINED_FUNCTION,
                    "^[A-Za-z ]*(Function|Macro) with name .* does not exist",
                    DEPENDENT_OBJECTS_STILL_EXIST,
                    "depends on it|is main key table|depend on it|^Cannot drop column.*(referenced|dependency)",
                    UNDEFINED_OBJECT,
                    "does not exist|unrecognized configuration parameter",
                    SYNTAX_OR_ACCESS_RULE_VIOLATION,
                    ""),
            type("Dependency", DEPENDENT_OBJECTS_STILL_EXIST, ""),
            type(
                    "Not implemented",
                    INVALID_PARAMETER_VALUE,
                    "Unknown TimeZone|unrecognized value .* for enum",
                    FEATURE_NOT_SUPPORTED,
                    ""),
            type("Sequence", DATA_EXCEPTION, ""),
            type("Invalid Configuration", INVALID_PARAMETER_VALUE, ""),
            type("Invalid", DATETIME_FIELD_OVERFLOW, "long overflow|Invalid value for", GENERAL_ERROR, ""),
            type("Connection", CONNECTION_EXCEPTION, ""),
            type("HTTP", IO_ERROR, ""),
            type("Network", IO_ERROR, ""),
            type("INTERNAL", INTERNAL_ERROR, ""),
            type("FATAL", ENGINE_INVALIDATED, ""));

    private EngineErrorCodes() {}

    private record Rule(Pattern text, ErrorCode code) {}

    /** Whether a text says that there was no room on the disk. */
    static boolean tellsFullDisk(String text) {
        return FULL_DISK.matcher(text).find();
    }

    static ErrorCode of(Report report) {
        if (INVALIDATED.matcher(report.message()).find()) {
            return ENGINE_INVALIDATED;
        }
        return RULES.getOrDefault(report.type(), List.of()).stream()
                .filter(rule -> rule.text().matcher(report.message()).find())
                .findFirst()
                .map(Rule::code)
                .orElse(GENERAL_ERROR);
    }

    /** The rules of one exception type: a code and the text it needs, in the order they are tried. */
    private static Map.Entry<String, List<Rule>> type(String type, Object... codesAndTexts) {
        var rules = new java.util.ArrayList<Rule>();
        for (int i = 0; i < codesAndTexts.length; i += 2) {
            rules.add(new Rule(
                    Pattern.compile((String) codesAndTexts[i + 1], Pattern.MULTILINE), (ErrorCode) codesAndTexts[i]));
        }
        return Map.entry(type, List.copyOf(rules));
    }
}
