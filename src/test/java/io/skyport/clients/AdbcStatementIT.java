package io.skyport.clients;

import static org.apache.arrow.adbc.driver.testsuite.ArrowAssertions.assertSchema;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.driver.testsuite.AbstractStatementTest;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ADBC's own statement tests, by its Java driver. */
@ExtendWith(NothingHeld.class)
class AdbcStatementIT extends AbstractStatementTest {

    @BeforeAll
    static void useSkyport() {
        quirks = new SkyportQuirks();
    }

    /** The original compares schemas with their metadata, of which there is more here than the driver's own. */
    @Test
    @Override
    public void prepareQueryWithParameters() throws Exception {
        Schema expected = util.ingestTableIntsStrs(allocator, connection, tableName);
        IntVector wanted = new IntVector(expected.getFields().get(0), allocator);
        try (AdbcStatement statement = connection.createStatement();
                VectorSchemaRoot parameters = VectorSchemaRoot.of(wanted)) {
            statement.setSqlQuery("SELECT * FROM " + tableName + " WHERE INTS = ?");
            statement.prepare();
            statement.bind(parameters);
            wanted.setSafe(0, 1);
            wanted.setSafe(1, 2);
            parameters.setRowCount(2);
            assertThat(strings(statement, expected)).containsExactly("foo", "");
            wanted.setSafe(0, 0);
            parameters.setRowCount(1);
            assertThat(strings(statement, expected)).containsExactly((String) null);
        }
    }

    private static List<String> strings(AdbcStatement statement, Schema expected) throws Exception {
        List<String> strings = new ArrayList<>();
        try (AdbcStatement.QueryResult result = statement.executeQuery()) {
            VectorSchemaRoot root = result.getReader().getVectorSchemaRoot();
            assertSchema(root.getSchema()).isEqualTo(expected);
            while (result.getReader().loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    strings.add(Objects.toString(root.getVector(1).getObject(row), null));
                }
            }
        }
        return strings;
    }
}
