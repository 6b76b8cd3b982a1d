package io.skyport.flightsql;

import static org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo.*;

import io.skyport.catalog.LikePattern;
import io.skyport.sql.substrait.SubstraitPlans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlNullOrdering;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedCaseSensitivity;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedTransaction;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlTransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of itself (CommandGetSqlInfo; conformance text, section 5): every standard code and no other, for
 * Arrow's JDBC driver fails on codes it does not know and on codes it misses.
 *
 * <p>The union's child follows from the value's Java type, see {@link #childOf}: clients cast without looking.
 */
final class SqlInfo {

    private final SortedMap<Integer, Object> values = new TreeMap<>();

    /**
     * @param version the server's
     * @param arrowVersion that of the Arrow library
     * @param preparedTimeout after which a prepared statement that nobody names is closed; zero for never
     * @param transactionTimeout after which an idle transaction is rolled back
     */
    SqlInfo(String version, String arrowVersion, Duration preparedTimeout, Duration transactionTimeout) {
        server(version, arrowVersion, preparedTimeout, transactionTimeout);
        names();
        functions();
        syntax();
        objects();
        limits();
        transactions();
        results();
    }

    /** One row for each code asked for, or for all if none is; unknown codes have no row. */
    Answer answer(CommandGetSqlInfo command) {
        SortedMap<Integer, Object> asked = new TreeMap<>(values);
        if (command.getInfoCount() > 0) {
            asked.keySet().retainAll(Set.copyOf(command.getInfoList()));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        asked.forEach((code, value) -> rows.add(List.of(code, value)));
        return new Answer(Schemas.GET_SQL_INFO_SCHEMA, rows);
    }

    /** The type id of the union's child for a value. */
    static byte childOf(Object value) {
        if (value instanceof String) {
            return 0;
        } else if (value instanceof Boolean) {
            return 1;
        } else if (value instanceof Long) {
            return 2;
        } else if (value instanceof Integer) {
            return 3;
        } else if (value instanceof List) {
            return 4;
        } else if (value instanceof Map) {
            return 5;
        }
        throw new IllegalArgumentException("No union child for " + value.getClass());
    }

    private void server(String version, String arrowVersion, Duration preparedTimeout, Duration transactionTimeout) {
        values.put(FLIGHT_SQL_SERVER_NAME_VALUE, "Skyport");
        values.put(FLIGHT_SQL_SERVER_VERSION_VALUE, version);
        values.put(FLIGHT_SQL_SERVER_ARROW_VERSION_VALUE, arrowVersion);
        values.put(FLIGHT_SQL_SERVER_READ_ONLY_VALUE, false);
        values.put(FLIGHT_SQL_SERVER_SQL_VALUE, true);
        values.put(FLIGHT_SQL_SERVER_SUBSTRAIT_VALUE, true);
        values.put(FLIGHT_SQL_SERVER_SUBSTRAIT_MIN_VERSION_VALUE, SubstraitPlans.MIN_VERSION);
        values.put(FLIGHT_SQL_SERVER_SUBSTRAIT_MAX_VERSION_VALUE, SubstraitPlans.MAX_VERSION);
        values.put(
                FLIGHT_SQL_SERVER_TRANSACTION_VALUE, SqlSupportedTransaction.SQL_SUPPORTED_TRANSACTION_SAVEPOINT_VALUE);
        values.put(FLIGHT_SQL_SERVER_CANCEL_VALUE, true);
        values.put(FLIGHT_SQL_SERVER_BULK_INGESTION_VALUE, true);
        values.put(FLIGHT_SQL_SERVER_INGEST_TRANSACTIONS_SUPPORTED_VALUE, true);
        values.put(FLIGHT_SQL_SERVER_STATEMENT_TIMEOUT_VALUE, milliseconds(preparedTimeout));
        values.put(FLIGHT_SQL_SERVER_TRANSACTION_TIMEOUT_VALUE, milliseconds(transactionTimeout));
    }

    private static int milliseconds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }

    private void names() {
        // Names are found whatever their case, quoted or not, and kept as written.
        long caseInsensitive = SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE_VALUE;
        values.put(SQL_IDENTIFIER_CASE_VALUE, caseInsensitive);
        values.put(SQL_QUOTED_IDENTIFIER_CASE_VALUE, caseInsensitive);
        values.put(SQL_IDENTIFIER_QUOTE_CHAR_VALUE, "\"");
        values.put(SQL_SEARCH_STRING_ESCAPE_VALUE, String.valueOf(LikePattern.ESCAPE));
        values.put(SQL_EXTRA_NAME_CHARACTERS_VALUE, "");
        values.put(SQL_SCHEMA_TERM_VALUE, "schema");
        values.put(SQL_PROCEDURE_TERM_VALUE, "procedure");
        values.put(SQL_CATALOG_TERM_VALUE, "catalog");
        values.put(SQL_CATALOG_AT_START_VALUE, true);
        values.put(SQL_KEYWORDS_VALUE, SqlWords.KEYWORDS);
    }

    private void functions() {
        values.put(SQL_NUMERIC_FUNCTIONS_VALUE, SqlWords.NUMERIC_FUNCTIONS);
        values.put(SQL_STRING_FUNCTIONS_VALUE, SqlWords.STRING_FUNCTIONS);
        values.put(SQL_SYSTEM_FUNCTIONS_VALUE, SqlWords.SYSTEM_FUNCTIONS);
        values.put(SQL_DATETIME_FUNCTIONS_VALUE, SqlWords.DATETIME_FUNCTIONS);
        values.put(SQL_SUPPORTS_CONVERT_VALUE, SqlConversions.SUPPORTED);
        values.put(SQL_NULL_PLUS_NULL_IS_NULL_VALUE, true);
        // NULLS LAST is the default of both directions.
        values.put(SQL_NULL_ORDERING_VALUE, (long) SqlNullOrdering.SQL_NULLS_SORTED_AT_END_VALUE);
    }

    private void syntax() {
        values.put(SQL_SUPPORTS_COLUMN_ALIASING_VALUE, true);
        values.put(SQL_SUPPORTS_TABLE_CORRELATION_NAMES_VALUE, true);
        // It asks whether they must differ from the tables' names.
        values.put(SQL_SUPPORTS_DIFFERENT_TABLE_CORRELATION_NAMES_VALUE, false);
        values.put(SQL_SUPPORTS_EXPRESSIONS_IN_ORDER_BY_VALUE, true);
        values.put(SQL_SUPPORTS_ORDER_BY_UNRELATED_VALUE, true);
        values.put(
                SQL_SUPPORTED_GROUP_BY_VALUE,
                bits(
                        FlightSql.SqlSupportedGroupBy.SQL_GROUP_BY_UNRELATED_VALUE,
                        FlightSql.SqlSupportedGroupBy.SQL_GROUP_BY_BEYOND_SELECT_VALUE));
        values.put(SQL_SUPPORTS_LIKE_ESCAPE_CLAUSE_VALUE, true);
        values.put(
                SQL_SUPPORTED_GRAMMAR_VALUE,
                bits(
                        FlightSql.SupportedSqlGrammar.SQL_MINIMUM_GRAMMAR_VALUE,
                        FlightSql.SupportedSqlGrammar.SQL_CORE_GRAMMAR_VALUE));
        values.put(
                SQL_ANSI92_SUPPORTED_LEVEL_VALUE,
                bits(FlightSql.SupportedAnsi92SqlGrammarLevel.ANSI92_ENTRY_SQL_VALUE));
        // All clients read a bit mask here, though the protocol says ordinal.
        values.put(
                SQL_OUTER_JOINS_SUPPORT_LEVEL_VALUE,
                bits(
                        FlightSql.SqlOuterJoinsSupportLevel.SQL_LIMITED_OUTER_JOINS_VALUE,
                        FlightSql.SqlOuterJoinsSupportLevel.SQL_FULL_OUTER_JOINS_VALUE));
        values.put(
                SQL_SUPPORTED_SUBQUERIES_VALUE,
                bits(
                        FlightSql.SqlSupportedSubqueries.SQL_SUBQUERIES_IN_COMPARISONS_VALUE,
                        FlightSql.SqlSupportedSubqueries.SQL_SUBQUERIES_IN_EXISTS_VALUE,
                        FlightSql.SqlSupportedSubqueries.SQL_SUBQUERIES_IN_INS_VALUE,
                        FlightSql.SqlSupportedSubqueries.SQL_SUBQUERIES_IN_QUANTIFIEDS_VALUE));
        values.put(SQL_CORRELATED_SUBQUERIES_SUPPORTED_VALUE, true);
        values.put(
                SQL_SUPPORTED_UNIONS_VALUE,
                bits(FlightSql.SqlSupportedUnions.SQL_UNION_VALUE, FlightSql.SqlSupportedUnions.SQL_UNION_ALL_VALUE));
    }

    private void objects() {
        values.put(SQL_DDL_CATALOG_VALUE, true);
        values.put(SQL_DDL_SCHEMA_VALUE, true);
        values.put(SQL_DDL_TABLE_VALUE, true);
        values.put(SQL_ALL_TABLES_ARE_SELECTABLE_VALUE, true);
        values.put(SQL_SUPPORTS_NON_NULLABLE_COLUMNS_VALUE, true);
        values.put(SQL_SUPPORTS_INTEGRITY_ENHANCEMENT_FACILITY_VALUE, true);
        values.put(SQL_SCHEMAS_SUPPORTED_ACTIONS_VALUE, 0);
        values.put(SQL_CATALOGS_SUPPORTED_ACTIONS_VALUE, 0);
        values.put(SQL_SUPPORTED_POSITIONED_COMMANDS_VALUE, 0);
        values.put(SQL_SELECT_FOR_UPDATE_SUPPORTED_VALUE, false);
        values.put(SQL_STORED_PROCEDURES_SUPPORTED_VALUE, false);
        values.put(SQL_STORED_FUNCTIONS_USING_CALL_SYNTAX_SUPPORTED_VALUE, false);
        values.put(SQL_NAMED_PARAMETERS_SUPPORTED_VALUE, false);
        values.put(SQL_LOCATORS_UPDATE_COPY_VALUE, false);
    }

    /** 0 says: no limit, or none known. */
    private void limits() {
        for (int code = SQL_MAX_BINARY_LITERAL_LENGTH_VALUE; code <= SQL_MAX_USERNAME_LENGTH_VALUE; code++) {
            values.put(code, 0L);
        }
        values.put(SQL_MAX_STATEMENTS_VALUE, 0L);
        values.put(SQL_MAX_ROW_SIZE_INCLUDES_BLOBS_VALUE, true);
    }

    private void transactions() {
        values.put(SQL_TRANSACTIONS_SUPPORTED_VALUE, true);
        values.put(SQL_DEFAULT_TRANSACTION_ISOLATION_VALUE, (long)
                SqlTransactionIsolationLevel.SQL_TRANSACTION_READ_COMMITTED_VALUE);
        values.put(
                SQL_SUPPORTED_TRANSACTIONS_ISOLATION_LEVELS_VALUE,
                bits(
                        SqlTransactionIsolationLevel.SQL_TRANSACTION_READ_UNCOMMITTED_VALUE,
                        SqlTransactionIsolationLevel.SQL_TRANSACTION_READ_COMMITTED_VALUE,
                        SqlTransactionIsolationLevel.SQL_TRANSACTION_REPEATABLE_READ_VALUE,
                        SqlTransactionIsolationLevel.SQL_TRANSACTION_SERIALIZABLE_VALUE));
        values.put(SQL_DATA_DEFINITION_CAUSES_TRANSACTION_COMMIT_VALUE, false);
        values.put(SQL_DATA_DEFINITIONS_IN_TRANSACTIONS_IGNORED_VALUE, false);
        values.put(SQL_SAVEPOINTS_SUPPORTED_VALUE, true);
        values.put(SQL_BATCH_UPDATES_SUPPORTED_VALUE, true);
    }

    private void results() {
        int readOnly = bits(FlightSql.SqlSupportedResultSetConcurrency.SQL_RESULT_SET_CONCURRENCY_READ_ONLY_VALUE);
        values.put(
                SQL_SUPPORTED_RESULT_SET_TYPES_VALUE,
                bits(FlightSql.SqlSupportedResultSetType.SQL_RESULT_SET_TYPE_FORWARD_ONLY_VALUE));
        values.put(SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_UNSPECIFIED_VALUE, readOnly);
        values.put(SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_FORWARD_ONLY_VALUE, readOnly);
        values.put(SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_SCROLL_SENSITIVE_VALUE, 0);
        values.put(SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_SCROLL_INSENSITIVE_VALUE, 0);
    }

    private static int bits(int... positions) {
        int mask = 0;
        for (int position : positions) {
            mask |= 1 << position;
        }
        return mask;
    }
}
