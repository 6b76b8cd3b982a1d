package io.skyport.clients;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.driver.flightsql.FlightSqlDriver;
import org.apache.arrow.adbc.driver.testsuite.SqlValidationQuirks;
import org.apache.arrow.adbc.sql.SqlQuirks;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** What ADBC's validation classes must know about Skyport. */
class SkyportQuirks extends SqlValidationQuirks {

    private static final CredentialsProxy PROXY = new CredentialsProxy(Endpoint.port());

    static AdbcDatabase database(BufferAllocator allocator) throws AdbcException {
        return open(allocator, parameters());
    }

    /** With names of the types that the driver creates tables with. */
    static AdbcDatabase database(BufferAllocator allocator, Function<ArrowType, String> typeNames)
            throws AdbcException {
        Map<String, Object> parameters = parameters();
        parameters.put(
                AdbcDriver.PARAM_SQL_QUIRKS,
                SqlQuirks.builder().arrowToSqlTypeNameMapping(typeNames).build());
        return open(allocator, parameters);
    }

    private static Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        AdbcDriver.PARAM_URI.set(parameters, "grpc+tcp://127.0.0.1:" + PROXY.port());
        AdbcDriver.PARAM_USERNAME.set(parameters, Endpoint.USER);
        AdbcDriver.PARAM_PASSWORD.set(parameters, Endpoint.PASSWORD);
        return parameters;
    }

    private static AdbcDatabase open(BufferAllocator allocator, Map<String, Object> parameters) throws AdbcException {
        return new FlightSqlDriver(allocator).open(parameters);
    }

    /** Runs statements on a connection of their own. */
    static void run(String... statements) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                AdbcDatabase database = database(allocator);
                AdbcConnection connection = database.connect()) {
            for (String sql : statements) {
                try (AdbcStatement statement = connection.createStatement()) {
                    statement.setSqlQuery(sql);
                    statement.executeUpdate();
                }
            }
        }
    }

    @Override
    public AdbcDatabase initDatabase(BufferAllocator allocator) throws AdbcException {
        return database(allocator);
    }

    @Override
    public void cleanupTable(String name) throws Exception {
        run("DROP TABLE IF EXISTS " + name);
    }

    @Override
    public String defaultCatalog() {
        return "default";
    }

    @Override
    public String defaultDbSchema() {
        return "main";
    }

    /** The tests name a column once in capitals and once not, and let this say which. Skyport keeps what it is given. */
    @Override
    public String caseFoldColumnName(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public TimeUnit defaultTimeUnit() {
        return TimeUnit.MICROSECOND;
    }

    @Override
    public TimeUnit defaultTimestampUnit() {
        return TimeUnit.MICROSECOND;
    }
}
