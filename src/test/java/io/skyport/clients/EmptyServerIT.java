package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.util.TableRef;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What a server has to tell on its first day. */
class EmptyServerIT {

    @Test
    void metadata_of_an_empty_database_is_there_with_its_schemas() throws Exception {
        TableRef none = TableRef.of(null, null, "none");
        Map<Function<FlightSqlClient, FlightInfo>, Schema> empty = Map.of(
                c -> c.getTables(null, null, null, null, false), Schemas.GET_TABLES_SCHEMA_NO_SCHEMA,
                c -> c.getTables(null, null, null, null, true), Schemas.GET_TABLES_SCHEMA,
                c -> c.getPrimaryKeys(none), Schemas.GET_PRIMARY_KEYS_SCHEMA,
                c -> c.getExportedKeys(none), Schemas.GET_EXPORTED_KEYS_SCHEMA,
                c -> c.getImportedKeys(none), Schemas.GET_IMPORTED_KEYS_SCHEMA,
                c -> c.getCrossReference(none, none), Schemas.GET_CROSS_REFERENCE_SCHEMA);
        try (SkyportServer server = SkyportServer.start(Endpoint.users());
                BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = Connected.connect(allocator, server.flightPort())) {
            for (var command : empty.entrySet()) {
                FlightInfo info = command.getKey().apply(client);
                Rows rows = Rows.of(client, info);
                assertThat(rows.rows()).isEmpty();
                assertThat(rows.schema()).isEqualTo(command.getValue()).isEqualTo(Connected.announced(info));
            }
            assertThat(Rows.of(client, client.getCatalogs()).rows()).containsExactly(List.of("default"));
            assertThat(Rows.of(client, client.getSchemas(null, null)).rows())
                    .containsExactly(List.of("default", "main"));
            assertThat(Rows.of(client, client.getTableTypes()).rows()).isNotEmpty();
            assertThat(Rows.of(client, client.getXdbcTypeInfo()).rows()).isNotEmpty();
            assertThat(Rows.of(client, client.getSqlInfo(new int[0])).rows()).isNotEmpty();
        }
    }
}
