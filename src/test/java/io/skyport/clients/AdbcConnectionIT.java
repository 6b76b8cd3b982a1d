package io.skyport.clients;

import org.apache.arrow.adbc.driver.testsuite.AbstractConnectionTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** ADBC's own connection tests, by its Java driver. */
@ExtendWith(NothingHeld.class)
class AdbcConnectionIT extends AbstractConnectionTest {

    @BeforeAll
    static void useSkyport() {
        quirks = new SkyportQuirks();
    }
}
