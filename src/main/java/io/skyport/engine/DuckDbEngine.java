package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB in this process: one instance with every database attached, and a bounded pool of its connections.
 *
 * <p>A fair semaphore bounds the leases; the instance keeps idle connections. When DuckDB declares itself invalid, the
 * instance is closed at once, which fails what runs, and a background thread opens a new one as soon as the last open
 * stream of the old one has let go of the files.
 */
public final class DuckDbEngine implements Engine, EngineGauges {

    private static final Logger LOG = LoggerFactory.getLogger(DuckDbEngine.class);
    private static final long MEGABYTE = 1 << 20;

    /** The log needs room on the disk itself: one part in so many of what is to be left. */
    private static final long LEAST_ON_DISK = 4;

    private static final long FIRST_REOPEN_DELAY_MILLIS = 20;
    private static final long LAST_REOPEN_DELAY_MILLIS = 2_000;
    private static final long CLOSE_SECONDS = 10;

    private final DataDirectory data;
    private final DatabaseFiles files;
    private final Databases databases;
    private final EngineProperties properties;
    private final BufferAllocator allocator;
    private final List<EngineListener> listeners;
    private final Semaphore permits;
    private final Set<DuckDbConnection> leases = ConcurrentHashMap.newKeySet();
    private final Set<DuckDbHold> holds = ConcurrentHashMap.newKeySet();
    private final SpoolLimit spoolLimit;
    /** By name. */
    private final Map<String, LiveTable> live = new ConcurrentHashMap<>();

    private final ClosingDatabases closing;
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService interrupts = Executors.newCachedThreadPool(daemon("skyport-engine-interrupt"));
    private final ExecutorService reopener = Executors.newSingleThreadExecutor(daemon("skyport-engine-reopen"));
    /** The instance that runs, or null while it is being reopened. */
    private volatile @Nullable DuckDbInstance instance;

    private final String version;

    public DuckDbEngine(Path dataDirectory, EngineProperties properties, BufferAllocator allocator) {
        this(dataDirectory, properties, allocator, List.of());
    }

    /**
     * Opens every database under {@code dataDirectory}, creating the directory and {@code default} if they are missing.
     *
     * @param allocator parent of every stream's allocator
     * @throws SkyportException 58030 if the directory cannot be opened or another server uses it
     */
    public DuckDbEngine(
            Path dataDirectory,
            EngineProperties properties,
            BufferAllocator allocator,
            List<EngineListener> listeners) {
        this.properties = properties;
        this.allocator = allocator;
        this.listeners = List.copyOf(listeners);
        this.permits = new Semaphore(properties.maxConnections(), true);
        this.closing = new ClosingDatabases(properties.dropTimeout());
        this.spoolLimit = new SpoolLimit(properties.maxSpooledBytes());
        try {
            this.data = DataDirectory.open(dataDirectory, properties);
            this.files = new DatabaseFiles(data.path(), properties.maxDatabases());
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR, "skyport.data-dir: cannot create data directory " + dataDirectory, e);
        }
        this.databases = new Databases(files, properties.maxDatabases());
        DuckDbInstance first = DuckDbInstance.open(data, files, databases, live, properties, true);
        this.version = first.version();
        this.instance = first;
    }

    @Override
    public void createDatabase(String name) {
        DuckDbInstance current = running();
        databases.create(name, current);
    }

    @Override
    public void dropDatabase(String name) {
        String stored =
                droppable().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
        closing.drop(stored, this::uses, () -> databases.drop(stored, running(), this::uses));
    }

    @Override
    public synchronized void publish(LiveTable table) {
        @Nullable LiveTable before = live.put(table.name(), table);
        @Nullable DuckDbInstance current = instance;
        if (before != null || current == null) {
            return;
        }
        try {
            current.publish(table, live);
        } catch (SQLException e) {
            throw EngineErrors.of(e, null);
        }
    }

    private boolean uses(String database) {
        return leases.stream().anyMatch(lease -> lease.uses(database))
                || holds.stream().anyMatch(hold -> hold.uses(database));
    }

    ClosingDatabases closing() {
        return closing;
    }

    /** The databases that may be dropped while statements run. */
    List<String> droppable() {
        return databases.names();
    }

    @Override
    public EngineConnection acquire() {
        return lease();
    }

    @Override
    public EngineHold hold() {
        DuckDbHold hold = new DuckDbHold(this, take(), properties.acquireTimeout());
        holds.add(hold);
        return hold;
    }

    @Override
    public Spool spool(Schema schema) {
        return Spool.create(data.spill(), schema, spoolLimit);
    }

    DuckDbConnection lease() {
        return new DuckDbConnection(this, take(), null);
    }

    private PooledConnection take() {
        long asked = System.nanoTime();
        running();
        awaitPermit();
        boolean taken = false;
        try {
            PooledConnection connection = running().take();
            taken = true;
            Duration waited = Duration.ofNanos(System.nanoTime() - asked);
            listeners.forEach(listener -> listener.connectionLeased(waited));
            return connection;
        } catch (SQLException e) {
            throw available() ? EngineErrors.of(e, null) : notAvailable();
        } finally {
            if (!taken) {
                permits.release();
            }
        }
    }

    private void awaitPermit() {
        try {
            if (permits.tryAcquire(properties.acquireTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for an engine connection", e);
        }
        listeners.forEach(EngineListener::connectionRefused);
        throw new SkyportException(
                ErrorCode.TOO_MANY_CONNECTIONS,
                "all " + properties.maxConnections() + " engine connections stayed in use for "
                        + properties.acquireTimeout().toMillis() + " ms");
    }

    private DuckDbInstance running() {
        @Nullable DuckDbInstance current = instance;
        if (current == null) {
            throw notAvailable();
        }
        return current;
    }

    private SkyportException notAvailable() {
        return closed.get()
                ? new SkyportException(ErrorCode.ADMIN_SHUTDOWN, "the engine is closed")
                : new SkyportException(ErrorCode.CANNOT_CONNECT_NOW, "the engine is being reopened");
    }

    void began(DuckDbConnection lease) {
        leases.add(lease);
    }

    void ended(DuckDbConnection lease) {
        leases.remove(lease);
    }

    void release(DuckDbHold hold, PooledConnection connection) {
        holds.remove(hold);
        release(connection);
    }

    @Override
    public void requireSpace() {
        long least = properties.minFreeBytes();
        long free = data.path().toFile().getUsableSpace();
        if (free < least && (free < least / LEAST_ON_DISK || free + reusable() < least)) {
            throw new SkyportException(
                    ErrorCode.DISK_FULL,
                    "the disk of the data directory has " + free / MEGABYTE
                            + " MB left, less than skyport.engine.min-free-space: only queries run, and DELETE, TRUNCATE, DROP,"
                            + " CHECKPOINT and VACUUM");
        }
    }

    /** Bytes in the files of databases that were given back, by DELETE and a checkpoint behind it. */
    private long reusable() {
        long[] bytes = {0};
        try (EngineConnection connection = acquire()) {
            connection.update(
                    "SELECT coalesce(sum(block_size * free_blocks), 0)::BIGINT FROM pragma_database_size()",
                    List.of(),
                    batch -> bytes[0] = ((BigIntVector) batch.getVector(0)).get(0));
        }
        return bytes[0];
    }

    /** Takes a connection back. */
    void release(PooledConnection connection) {
        try {
            connection.instance().give(connection);
        } catch (SQLException e) {
            LOG.warn("A connection could not be closed", e);
        } finally {
            permits.release();
            listeners.forEach(listener -> listener.connectionReturned(connection.held()));
        }
    }

    /**
     * Maps a failure of a lease, and starts reopening if DuckDB cannot go on.
     *
     * @return what the client is told: the failure itself, or that the engine was invalidated under it
     */
    SkyportException failed(DuckDbInstance failed, Throwable failure, @Nullable String sql) {
        SkyportException mapped = EngineErrors.of(failure, sql);
        if (mapped.code().fatal()) {
            invalidated(failed, mapped);
            // What the client can do something about.
            return EngineErrorCodes.tellsFullDisk(mapped.text())
                    ? new SkyportException(ErrorCode.DISK_FULL, mapped.text(), failure)
                    : mapped;
        } else if (mapped.code() == ErrorCode.INTERNAL_ERROR && !failed.closed() && !failed.valid()) {
            invalidated(failed, new SkyportException(ErrorCode.ENGINE_INVALIDATED, mapped.text(), mapped));
        } else if (failed.closed() && !closed.get()) {
            return new SkyportException(ErrorCode.ENGINE_INVALIDATED, "the engine was reopened", failure);
        } else if (failed.closed()) {
            return new SkyportException(ErrorCode.ADMIN_SHUTDOWN, "the engine was closed", failure);
        }
        return mapped;
    }

    private void invalidated(DuckDbInstance failed, SkyportException cause) {
        synchronized (this) {
            if (instance != failed || closed.get()) {
                return;
            }
            instance = null;
        }
        LOG.error("The engine is invalid and is reopened: {}", cause.text());
        listeners.forEach(listener -> listener.reopening(cause));
        reopener.execute(() -> reopen(failed));
    }

    private void reopen(DuckDbInstance failed) {
        long began = System.nanoTime();
        closeInstance(failed);
        long delay = FIRST_REOPEN_DELAY_MILLIS;
        while (!closed.get() && !reopened()) {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            delay = Math.min(delay * 2, LAST_REOPEN_DELAY_MILLIS);
        }
        if (available()) {
            Duration outage = Duration.ofNanos(System.nanoTime() - began);
            LOG.info("The engine is open again after {} ms", outage.toMillis());
            listeners.forEach(listener -> listener.reopened(outage));
        }
    }

    private boolean reopened() {
        try {
            DuckDbInstance next = DuckDbInstance.open(data, files, databases, live, properties, false);
            synchronized (this) {
                if (!closed.get()) {
                    instance = next;
                    return true;
                }
            }
            closeInstance(next);
            return true;
        } catch (SkyportException e) {
            LOG.warn("The engine could not be reopened yet: {}", e.text());
            listeners.forEach(listener -> listener.reopenFailed(e));
            return false;
        }
    }

    private static void closeInstance(DuckDbInstance instance) {
        try {
            instance.close();
        } catch (SQLException e) {
            LOG.warn("The engine did not close cleanly", e);
        }
    }

    Interruption interruption() {
        return new Interruption(interrupts);
    }

    boolean closed() {
        return closed.get();
    }

    BufferAllocator allocator() {
        return allocator;
    }

    BufferAllocator streamAllocator(String name) {
        return allocator.newChildAllocator(name, 0, allocator.getLimit());
    }

    int batchRows() {
        return properties.batchRows();
    }

    void streamOpened() {
        streams.incrementAndGet();
    }

    void streamClosed() {
        streams.decrementAndGet();
    }

    DataDirectory data() {
        return data;
    }

    @Override
    public boolean available() {
        return instance != null;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int activeConnections() {
        return properties.maxConnections() - permits.availablePermits();
    }

    @Override
    public int maxConnections() {
        return properties.maxConnections();
    }

    @Override
    public int openStreams() {
        return streams.get();
    }

    @Override
    public long memoryUsed() {
        return bytes(DuckDbInstance::memoryUsed);
    }

    @Override
    public long memoryLimit() {
        return MemoryLimit.of(properties.memoryBytes());
    }

    @Override
    public long spilled() {
        return bytes(DuckDbInstance::spilled);
    }

    @Override
    public Map<String, Long> databaseSizes() {
        try {
            return databases.sizes();
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR, "the databases' files cannot be looked at: " + e.getMessage(), e);
        }
    }

    @Override
    public long spooled() {
        return spoolLimit.used();
    }

    @Override
    public long maxSpooled() {
        return properties.maxSpooledBytes();
    }

    /** What is asked of an instance. */
    private interface Size {
        long of(DuckDbInstance instance) throws SQLException;
    }

    private long bytes(Size size) {
        @Nullable DuckDbInstance current = instance;
        try {
            return current == null ? -1 : size.of(current);
        } catch (SQLException reopening) {
            return -1;
        }
    }

    /** Stops what runs, closes every connection and lets go of the files; each wait is at most 10 s. */
    @Override
    public void close() {
        @Nullable DuckDbInstance last;
        synchronized (this) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            last = instance;
            instance = null;
        }
        reopener.shutdownNow();
        leases.forEach(DuckDbConnection::interrupt);
        try {
            for (DuckDbConnection lease : leases) {
                lease.awaitQuiet(Duration.ofSeconds(CLOSE_SECONDS));
            }
            if (last != null) {
                interrupts.execute(() -> closeInstance(last));
            }
            interrupts.shutdown();
            reopener.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!interrupts.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The engine did not close within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
