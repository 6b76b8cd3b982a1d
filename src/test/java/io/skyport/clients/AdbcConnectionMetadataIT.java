package io.skyport.clients;

import org.apache.arrow.adbc.driver.testsuite.AbstractConnectionMetadataTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ADBC's own metadata tests, by its Java driver. */
@ExtendWith(NothingHeld.class)
class AdbcConnectionMetadataIT extends AbstractConnectionMetadataTest {

    @BeforeAll
    static void useSkyport() {
        quirks = new SkyportQuirks();
    }

    @Test
    @Override
    @Disabled("adds constraints to tables by ALTER TABLE, and the driver never tells constraints")
    public void getObjectsConstraints() {}

    @Test
    @Override
    @Disabled(
            "the driver takes a class from Arrow's JDBC driver, which the JDBC tests have in another form; see test_metadata.py")
    public void getObjectsColumns() {}

    @Test
    @Override
    @Disabled("the driver has no getTableSchema; see test_metadata.py")
    public void getTableSchema() {}

    @Test
    @Override
    @Disabled("the driver has no getTableSchema; see test_metadata.py")
    public void getTableSchemaDoesNotExist() {}

    @Test
    @Override
    @Disabled("the driver has no getTableTypes; FlightSqlMetadataIT and test_metadata.py ask for them")
    public void getTableTypes() {}
}
