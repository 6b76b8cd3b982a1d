package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every getter of DatabaseMetaData by Arrow's JDBC driver, which throws where GetSqlInfo lacks a code. */
@ExtendWith(NothingHeld.class)
class JdbcMetadataIT {

    private static final String SCHEMA = "jdbcmetadatait";

    private static Connection connection;
    private static DatabaseMetaData metadata;

    @BeforeAll
    static void connect() throws SQLException {
        connection = Jdbc.connect();
        metadata = connection.getMetaData();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            for (String drop : List.of(
                    "VIEW IF EXISTS v",
                    "TABLE IF EXISTS choice",
                    "TABLE IF EXISTS chosen",
                    "TABLE IF EXISTS sale",
                    "TABLE IF EXISTS product",
                    "TABLE IF EXISTS columns_of")) {
                statement.executeUpdate("DROP " + drop.replace("EXISTS ", "EXISTS " + SCHEMA + "."));
            }
            statement.executeUpdate("CREATE TABLE " + SCHEMA
                    + ".product (code VARCHAR, region INTEGER, name VARCHAR(40), PRIMARY KEY (region, code))");
            statement.executeUpdate("CREATE TABLE " + SCHEMA
                    + ".sale (id BIGINT PRIMARY KEY, r INTEGER, c VARCHAR, FOREIGN KEY (r, c) REFERENCES " + SCHEMA
                    + ".product (region, code))");
            statement.executeUpdate("""
                    CREATE TABLE jdbcmetadatait.columns_of (
                        bo BOOLEAN NOT NULL, ti TINYINT, sm SMALLINT, it INTEGER, bi BIGINT, re REAL, dd DOUBLE, de DECIMAL(12, 3),
                        vc VARCHAR, bl BLOB, da DATE, tm TIME, ts TIMESTAMP, tz TIMESTAMP WITH TIME ZONE, uu UUID, li INTEGER ARRAY)""");
            statement.executeUpdate("CREATE VIEW " + SCHEMA + ".v AS SELECT id FROM " + SCHEMA + ".sale");
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    static Stream<Method> getters() {
        return Arrays.stream(DatabaseMetaData.class.getMethods()).filter(method -> method.getParameterCount() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("getters")
    void every_getter_answers(Method getter) throws Exception {
        Object value;
        try {
            value = getter.invoke(metadata);
        } catch (InvocationTargetException e) {
            value = fail(getter.getName(), e.getCause());
        }
        if (value instanceof ResultSet results) {
            assertThat(Jdbc.rows(results)).isNotNull();
        } else {
            assertThat(value).as(getter.getName()).isNotNull();
        }
    }

    /** What a tool acts upon; the rest of the getters answers, and that is all that is asked of them. */
    @Test
    void the_getters_that_tools_act_upon_tell_the_truth() throws Exception {
        Map<String, Object> expected = new TreeMap<>();
        expected.put("getIdentifierQuoteString", "\"");
        expected.put("getSearchStringEscape", "\\");
        expected.put("getCatalogSeparator", ".");
        expected.put("getUserName", Endpoint.USER);
        expected.put("isReadOnly", false);
        expected.put("supportsTransactions", true);
        expected.put("supportsSavepoints", true);
        expected.put("supportsBatchUpdates", true);
        expected.put("supportsColumnAliasing", true);
        expected.put("supportsExpressionsInOrderBy", true);
        expected.put("supportsOrderByUnrelated", true);
        expected.put("supportsGroupBy", true);
        expected.put("supportsLikeEscapeClause", true);
        expected.put("supportsNonNullableColumns", true);
        expected.put("supportsMinimumSQLGrammar", true);
        expected.put("supportsCoreSQLGrammar", true);
        expected.put("supportsANSI92EntryLevelSQL", true);
        expected.put("supportsOuterJoins", true);
        expected.put("supportsFullOuterJoins", true);
        expected.put("supportsLimitedOuterJoins", true);
        expected.put("supportsSubqueriesInComparisons", true);
        expected.put("supportsSubqueriesInExists", true);
        expected.put("supportsSubqueriesInIns", true);
        expected.put("supportsSubqueriesInQuantifieds", true);
        expected.put("supportsCorrelatedSubqueries", true);
        expected.put("supportsUnion", true);
        expected.put("supportsUnionAll", true);
        expected.put("supportsTableCorrelationNames", true);
        expected.put("supportsSelectForUpdate", false);
        expected.put("supportsStoredProcedures", false);
        expected.put("supportsPositionedDelete", false);
        expected.put("supportsPositionedUpdate", false);
        expected.put("supportsNamedParameters", false);
        expected.put("supportsConvert", true);
        expected.put("isCatalogAtStart", true);
        Map<String, Object> actual = new TreeMap<>();
        for (String getter : expected.keySet()) {
            actual.put(getter, DatabaseMetaData.class.getMethod(getter).invoke(metadata));
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(metadata.getDatabaseProductName()).containsIgnoringCase("skyport");
        assertThat(metadata.getDatabaseProductVersion()).isNotBlank();
        assertThat(metadata.getCatalogTerm()).isNotBlank();
        assertThat(metadata.getSchemaTerm()).isNotBlank();
    }

    @Test
    void functions_and_keywords_are_listed() throws SQLException {
        assertThat(metadata.getNumericFunctions().toLowerCase()).contains("abs").contains("sqrt");
        assertThat(metadata.getStringFunctions().toLowerCase())
                .contains("upper")
                .contains("substring");
        assertThat(metadata.getTimeDateFunctions()).isNotBlank();
        assertThat(metadata.getSystemFunctions()).isNotBlank();
        assertThat(metadata.getSQLKeywords()).isNotBlank();
    }

    @Test
    void conversions_result_sets_and_isolation_are_as_they_are() throws SQLException {
        assertThat(metadata.supportsConvert(Types.INTEGER, Types.VARCHAR)).isTrue();
        assertThat(metadata.supportsConvert(Types.VARCHAR, Types.DATE)).isTrue();
        assertThat(metadata.supportsConvert(Types.DATE, Types.TIMESTAMP)).isTrue();
        assertThat(metadata.supportsConvert(Types.DATE, Types.BIT)).isFalse();
        assertThat(metadata.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY)).isTrue();
        assertThat(metadata.supportsResultSetType(ResultSet.TYPE_SCROLL_SENSITIVE))
                .isFalse();
        assertThat(metadata.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE))
                .isTrue();
    }

    @Test
    void catalogs_schemas_and_table_types_are_listed() throws SQLException {
        assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("default");
        assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).contains("main", SCHEMA);
        assertThat(column(metadata.getSchemas("default", "jdbcmeta%"), "TABLE_SCHEM"))
                .containsExactly(SCHEMA);
        assertThat(column(metadata.getSchemas("default", SCHEMA), "TABLE_CATALOG"))
                .containsExactly("default");
        assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    }

    @Test
    void tables_are_found_by_pattern_and_type() throws SQLException {
        assertThat(column(metadata.getTables(null, SCHEMA, "%", null), "TABLE_NAME"))
                .containsExactly("columns_of", "product", "sale", "v");
        assertThat(column(metadata.getTables("default", SCHEMA, "s%", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("sale");
        assertThat(column(metadata.getTables(null, SCHEMA, null, new String[] {"VIEW"}), "TABLE_NAME"))
                .containsExactly("v");
        assertThat(column(metadata.getTables("nowhere", null, null, null), "TABLE_NAME"))
                .isEmpty();
        assertThat(column(metadata.getTables("", null, null, null), "TABLE_NAME"))
                .isEmpty();
        assertThat(column(metadata.getTables(null, null, "product", null), "TABLE_SCHEM"))
                .contains(SCHEMA);
    }

    @Test
    void columns_have_type_size_and_nullability() throws SQLException {
        Map<String, List<Object>> columns = new TreeMap<>();
        try (ResultSet results = metadata.getColumns("default", SCHEMA, "columns\\_of", null)) {
            int position = 0;
            while (results.next()) {
                assertThat(results.getInt("ORDINAL_POSITION")).isEqualTo(++position);
                assertThat(results.getString("IS_NULLABLE")).isEqualTo(results.getInt("NULLABLE") == 1 ? "YES" : "NO");
                assertThat(results.getString("IS_AUTOINCREMENT")).isEqualTo("NO");
                assertThat(results.getString("TABLE_CAT")).isEqualTo("default");
                assertThat(results.getString("TABLE_SCHEM")).isEqualTo(SCHEMA);
                assertThat(results.getString("TABLE_NAME")).isEqualTo("columns_of");
                columns.put(
                        results.getString("COLUMN_NAME"),
                        Arrays.asList(
                                results.getInt("DATA_TYPE"),
                                results.getString("TYPE_NAME"),
                                results.getObject("COLUMN_SIZE"),
                                results.getObject("DECIMAL_DIGITS"),
                                results.getInt("NULLABLE")));
            }
        }
        assertThat(columns).hasSize(16);
        assertThat(columns.get("bo"))
                .containsExactly(Types.BOOLEAN, "BOOLEAN", 1, columns.get("bo").get(3), 0);
        assertThat(columns.get("ti").subList(0, 3)).containsExactly(Types.TINYINT, "TINYINT", 3);
        assertThat(columns.get("sm").subList(0, 3)).containsExactly(Types.SMALLINT, "SMALLINT", 5);
        assertThat(columns.get("it").subList(0, 3)).containsExactly(Types.INTEGER, "INTEGER", 10);
        assertThat(columns.get("bi").subList(0, 3)).containsExactly(Types.BIGINT, "BIGINT", 19);
        assertThat(columns.get("dd").subList(0, 2)).containsExactly(Types.DOUBLE, "DOUBLE");
        assertThat(columns.get("re").get(0)).isEqualTo(Types.FLOAT);
        assertThat(columns.get("de")).containsExactly(Types.DECIMAL, "DECIMAL", 12, 3, 1);
        assertThat(columns.get("vc").subList(0, 2)).containsExactly(Types.VARCHAR, "VARCHAR");
        assertThat(columns.get("bl").subList(0, 2)).containsExactly(Types.VARBINARY, "BLOB");
        assertThat(columns.get("da").subList(0, 3)).containsExactly(Types.DATE, "DATE", 10);
        assertThat(columns.get("tm").subList(0, 2)).containsExactly(Types.TIME, "TIME");
        assertThat(columns.get("ts").subList(0, 2)).containsExactly(Types.TIMESTAMP, "TIMESTAMP");
        assertThat(columns.get("tz").subList(0, 2))
                .containsExactly(Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE");
        assertThat(columns.get("uu").subList(0, 2)).containsExactly(Types.VARCHAR, "UUID");
        assertThat(columns.get("li").get(0)).isEqualTo(Types.ARRAY);
    }

    @Test
    void columns_are_found_by_pattern() throws SQLException {
        assertThat(column(metadata.getColumns(null, SCHEMA, "product", "%"), "COLUMN_NAME"))
                .containsExactly("code", "region", "name");
        assertThat(column(metadata.getColumns(null, SCHEMA, "prod%", "c%"), "COLUMN_NAME"))
                .containsExactly("code");
        assertThat(column(metadata.getColumns(null, SCHEMA, "v", null), "COLUMN_NAME"))
                .containsExactly("id");
        assertThat(column(metadata.getColumns(null, SCHEMA, "product", null), "NULLABLE"))
                .containsExactly(0, 0, 1);
    }

    @Test
    void keys_are_listed_in_key_order() throws SQLException {
        assertThat(column(metadata.getPrimaryKeys("default", SCHEMA, "product"), "COLUMN_NAME"))
                .containsExactly("region", "code");
        assertThat(column(metadata.getPrimaryKeys(null, SCHEMA, "product"), "KEY_SEQ"))
                .containsExactly(1, 2);
        assertThat(column(metadata.getPrimaryKeys(null, SCHEMA, "product"), "PK_NAME"))
                .doesNotContainNull();
        assertThat(column(metadata.getImportedKeys("default", SCHEMA, "sale"), "FKCOLUMN_NAME"))
                .containsExactly("r", "c");
        assertThat(column(metadata.getImportedKeys("default", SCHEMA, "sale"), "PKTABLE_NAME"))
                .containsOnly("product");
        assertThat(column(metadata.getExportedKeys("default", SCHEMA, "product"), "FKTABLE_NAME"))
                .containsExactly("sale", "sale");
        assertThat(column(
                        metadata.getCrossReference("default", SCHEMA, "product", "default", SCHEMA, "sale"),
                        "PKCOLUMN_NAME"))
                .containsExactly("region", "code");
        assertThat(column(metadata.getImportedKeys("default", SCHEMA, "sale"), "UPDATE_RULE"))
                .allSatisfy(
                        rule -> assertThat(((Number) rule).intValue()).isEqualTo(DatabaseMetaData.importedKeyNoAction));
    }

    @Test
    void keys_have_the_rules_that_were_declared() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE " + SCHEMA + ".chosen (a INTEGER PRIMARY KEY)");
            statement.executeUpdate("CREATE TABLE " + SCHEMA + ".choice (a INTEGER, b INTEGER, CONSTRAINT first_choice"
                    + " FOREIGN KEY (a) REFERENCES " + SCHEMA + ".chosen ON DELETE CASCADE ON UPDATE RESTRICT,"
                    + " FOREIGN KEY (b) REFERENCES " + SCHEMA + ".chosen ON DELETE SET NULL ON UPDATE SET DEFAULT)");
        }
        List<String> rules = List.of("FK_NAME", "PK_NAME", "FKCOLUMN_NAME", "DELETE_RULE", "UPDATE_RULE");
        List<List<String>> expected = List.of(
                List.of("choice_b_fkey", "first_choice"),
                List.of("chosen_pkey", "chosen_pkey"),
                List.of("b", "a"),
                List.of(
                        String.valueOf(DatabaseMetaData.importedKeySetNull),
                        String.valueOf(DatabaseMetaData.importedKeyCascade)),
                List.of(
                        String.valueOf(DatabaseMetaData.importedKeySetDefault),
                        String.valueOf(DatabaseMetaData.importedKeyRestrict)));
        for (int i = 0; i < rules.size(); i++) {
            String rule = rules.get(i);
            assertThat(column(metadata.getImportedKeys("default", SCHEMA, "choice"), rule))
                    .extracting(String::valueOf)
                    .as(rule)
                    .containsExactlyElementsOf(expected.get(i));
            assertThat(column(metadata.getExportedKeys("default", SCHEMA, "chosen"), rule))
                    .extracting(String::valueOf)
                    .as(rule)
                    .containsExactlyElementsOf(expected.get(i));
            assertThat(column(
                            metadata.getCrossReference("default", SCHEMA, "chosen", "default", SCHEMA, "choice"), rule))
                    .extracting(String::valueOf)
                    .as(rule)
                    .containsExactlyElementsOf(expected.get(i));
        }
        assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).doesNotContain("_skyport");
    }

    @Test
    void what_the_driver_answers_itself_is_at_least_no_error() throws SQLException {
        for (ResultSet results : Set.of(
                metadata.getIndexInfo(null, SCHEMA, "product", false, true),
                metadata.getBestRowIdentifier(null, SCHEMA, "product", DatabaseMetaData.bestRowSession, true),
                metadata.getVersionColumns(null, SCHEMA, "product"),
                metadata.getColumnPrivileges(null, SCHEMA, "product", "%"),
                metadata.getTablePrivileges(null, SCHEMA, "product"),
                metadata.getProcedures(null, null, null),
                metadata.getFunctions(null, null, null))) {
            assertThat(Jdbc.rows(results)).isEmpty();
        }
    }

    private static List<Object> column(ResultSet results, String label) throws SQLException {
        // The driver knows no columns of an empty answer.
        if (Jdbc.labels(results.getMetaData()).isEmpty()) {
            return Jdbc.rows(results).stream().map(Object.class::cast).toList();
        }
        int index = Jdbc.labels(results.getMetaData()).indexOf(label);
        assertThat(index)
                .as(label + " in " + Jdbc.labels(results.getMetaData()))
                .isNotNegative();
        return Jdbc.rows(results).stream().map(row -> row.get(index)).toList();
    }
}
