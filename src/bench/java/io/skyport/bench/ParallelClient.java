package io.skyport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.memory.BufferAllocator;

/** Reads the endpoints of a result side by side, each by a connection and a thread of its own. */
final class ParallelClient implements AutoCloseable {

    private final List<SkyportClient> clients = new ArrayList<>();
    private final ExecutorService threads;

    /** @param most endpoints that are read at one time */
    ParallelClient(ServerProcess server, BufferAllocator allocator, int most) {
        for (int i = 0; i < most; i++) {
            clients.add(SkyportClient.connect(server, allocator));
        }
        threads = Executors.newFixedThreadPool(most);
    }

    /** @param endpoints that are asked for; how many there are is up to the server */
    Fetched fetch(String sql, int endpoints) throws Exception {
        SkyportClient first = clients.get(0);
        first.set("max_endpoints", endpoints);
        Fetched.Count whole = new Fetched.Count();
        FlightInfo info = first.info(sql);
        List<Future<Fetched>> parts = new ArrayList<>();
        for (FlightEndpoint endpoint : info.getEndpoints()) {
            SkyportClient client = clients.get(parts.size() % clients.size());
            parts.add(threads.submit(() -> client.fetch(endpoint)));
        }
        for (Future<Fetched> part : parts) {
            whole.add(part.get());
        }
        return whole.done();
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        for (SkyportClient client : clients) {
            client.close();
        }
    }
}
