package io.skyport.clients;

import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.driver.testsuite.AbstractPartitionDescriptorTest;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** ADBC's own tests of partitions, by its Java driver. */
@ExtendWith(NothingHeld.class)
class AdbcPartitionDescriptorIT extends AbstractPartitionDescriptorTest {

    @BeforeAll
    static void useSkyport() {
        // Left to itself, the driver creates an INT column for 64 bits.
        quirks = new SkyportQuirks() {
            @Override
            public AdbcDatabase initDatabase(BufferAllocator allocator) throws AdbcException {
                return database(allocator, type -> type instanceof ArrowType.Int ? "BIGINT" : "VARCHAR");
            }
        };
    }
}
