package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.driver.testsuite.AbstractSqlTypeTest;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ADBC's own tests of types and values, by its Java driver. */
@ExtendWith(NothingHeld.class)
class AdbcSqlTypeIT extends AbstractSqlTypeTest {

    /** The tests look at {@code adbc_alltypes}; the one statement that they run themselves is AdbcSqlTypeIT.sql. */
    @BeforeAll
    static void useSkyport() throws Exception {
        quirks = new SkyportQuirks();
        SkyportQuirks.run(
                "DROP TABLE IF EXISTS adbc_alltypes", """
                CREATE TABLE adbc_alltypes (
                    bigint_t BIGINT,
                    blob_t BLOB,
                    boolean_t BOOLEAN,
                    date_t DATE,
                    int_t INTEGER,
                    smallint_t SMALLINT,
                    text_t VARCHAR,
                    time_without_time_zone_t TIME,
                    timestamp_without_time_zone_t TIMESTAMP,
                    timestamp_with_time_zone_t TIMESTAMP WITH TIME ZONE)""", """
                INSERT INTO adbc_alltypes VALUES (
                    42, X'61626364', TRUE, DATE '2000-01-01', 42, 42, 'foo', TIME '04:05:06.123456',
                    TIMESTAMP '2000-01-02 03:04:05.123',
                    CAST('2000-01-02 03:04:05.123+06' AS TIMESTAMP WITH TIME ZONE))""", "INSERT INTO adbc_alltypes (bigint_t) VALUES (NULL)");
    }

    /** The original expects a number of a vector that gives out a LocalDateTime. */
    @Test
    @Override
    protected void timestampWithoutTimeZoneValue() throws Exception {
        ArrowType type = assertValue(
                "timestamp_without_time_zone_t",
                TimeStampMicroVector.class,
                LocalDateTime.parse("2000-01-02T03:04:05.123"));
        assertThat(type).isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
    }

    /** The driver has no getTableSchema, which the original asks: the schema of a query stands in. */
    private ArrowType type(String column) throws Exception {
        try (AdbcStatement query = connection.createStatement()) {
            query.setSqlQuery("SELECT * FROM adbc_alltypes");
            return query.executeSchema().findField(column).getType();
        }
    }

    @Test
    @Override
    protected void bigintType() throws Exception {
        assertThat(type("bigint_t")).isEqualTo(new ArrowType.Int(64, true));
    }

    @Test
    @Override
    protected void blobType() throws Exception {
        assertThat(type("blob_t")).isEqualTo(new ArrowType.Binary());
    }

    @Test
    @Override
    protected void booleanType() throws Exception {
        assertThat(type("boolean_t")).isEqualTo(new ArrowType.Bool());
    }

    @Test
    @Override
    protected void dateType() throws Exception {
        assertThat(type("date_t")).isEqualTo(new ArrowType.Date(DateUnit.DAY));
    }

    @Test
    @Override
    protected void intType() throws Exception {
        assertThat(type("int_t")).isEqualTo(new ArrowType.Int(32, true));
    }

    @Test
    @Override
    protected void smallintType() throws Exception {
        assertThat(type("smallint_t")).isEqualTo(new ArrowType.Int(16, true));
    }

    @Test
    @Override
    protected void textType() throws Exception {
        assertThat(type("text_t")).isEqualTo(new ArrowType.Utf8());
    }

    @Test
    @Override
    protected void timeWithoutTimeZoneType() throws Exception {
        assertThat(type("time_without_time_zone_t")).isEqualTo(quirks.defaultTimeType());
    }

    @Test
    @Override
    protected void timestampWithoutTimeZoneType() throws Exception {
        assertThat(type("timestamp_without_time_zone_t"))
                .isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
    }

    @Test
    @Override
    protected void timestampWithTimeZoneType() throws Exception {
        assertThat(type("timestamp_with_time_zone_t")).isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
    }
}
