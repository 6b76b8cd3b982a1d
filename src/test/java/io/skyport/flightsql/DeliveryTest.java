package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final SliceLimits LIMITS = new SliceLimits(1000, 1 << 20, 1 << 20);

    private final BufferAllocator allocator = new RootAllocator();
    private final Client client = new Client();

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void a_result_is_a_schema_then_batches_then_the_end() {
        Numbers numbers = new Numbers(3);

        new Delivery(client, () -> numbers, LIMITS, allocator).run();

        assertThat(client.events).containsExactly("schema", "batch", "batch", "batch", "completed");
    }

    @Test
    void an_empty_result_has_a_schema() {
        new Delivery(client, () -> new Numbers(0), LIMITS, allocator).run();

        assertThat(client.events).containsExactly("schema", "completed");
    }

    @Test
    void everything_is_freed_before_the_client_hears_of_the_end() {
        Numbers numbers = new Numbers(1);
        client.onEnd = () -> {
            assertThat(numbers.closed).isTrue();
            assertThat(allocator.getAllocatedMemory()).isZero();
        };

        new Delivery(client, () -> numbers, LIMITS, allocator).run();

        assertThat(client.events).endsWith("completed");
    }

    @Test
    void a_failure_in_the_middle_reaches_the_client_after_what_was_sent() {
        Numbers numbers = new Numbers(2);
        numbers.failure = new SkyportException(ErrorCode.DIVISION_BY_ZERO, "division by zero");

        new Delivery(client, () -> numbers, LIMITS, allocator).run();

        assertThat(client.events).containsExactly("schema", "batch", "batch", "INVALID_ARGUMENT");
        assertThat(numbers.closed).isTrue();
    }

    @Test
    void a_failure_to_open_the_result_reaches_the_client() {
        new Delivery(
                        client,
                        () -> {
                            throw new SkyportException(ErrorCode.TOO_MANY_CONNECTIONS, "no connection");
                        },
                        LIMITS,
                        allocator)
                .run();

        assertThat(client.events).containsExactly("RESOURCE_EXHAUSTED");
    }

    @Test
    void a_client_that_is_not_ready_is_sent_nothing_and_one_batch_is_read_ahead() throws InterruptedException {
        Numbers numbers = new Numbers(5);
        client.ready = false;
        Thread thread = new Thread(new Delivery(client, () -> numbers, LIMITS, allocator));
        thread.start();
        numbers.firstBatch.await(10, TimeUnit.SECONDS);

        assertThat(client.events).doesNotContain("batch");
        assertThat(numbers.given).isEqualTo(1);

        client.ready();
        thread.join(10_000);
        assertThat(client.events).hasSize(7).endsWith("completed");
    }

    @Test
    void an_error_of_the_machine_is_answered_too() {
        new Delivery(
                        client,
                        () -> {
                            throw new StackOverflowError();
                        },
                        LIMITS,
                        allocator)
                .run();

        assertThat(client.events).containsExactly("INTERNAL");
    }

    @Test
    void a_client_that_goes_away_while_the_engine_works_interrupts_it() throws InterruptedException {
        Numbers numbers = new Numbers(5);
        numbers.blocks = true;
        Thread thread = new Thread(new Delivery(client, () -> numbers, LIMITS, allocator));
        thread.start();
        numbers.firstBatch.await(10, TimeUnit.SECONDS);

        client.cancel();
        thread.join(10_000);

        assertThat(numbers.closed).isTrue();
        assertThat(client.events).containsExactly("schema", "CANCELLED");
    }

    @Test
    void a_client_that_goes_away_while_it_is_waited_for_ends_the_stream() throws InterruptedException {
        Numbers numbers = new Numbers(5);
        client.ready = false;
        Thread thread = new Thread(new Delivery(client, () -> numbers, LIMITS, allocator));
        thread.start();
        numbers.firstBatch.await(10, TimeUnit.SECONDS);

        client.cancel();
        thread.join(10_000);

        assertThat(numbers.closed).isTrue();
        assertThat(client.events).containsExactly("schema", "CANCELLED");
    }

    @Test
    void a_client_that_left_before_the_start_gets_nothing() {
        Numbers numbers = new Numbers(5);
        client.cancelled = true;

        new Delivery(client, () -> numbers, LIMITS, allocator).run();

        assertThat(numbers.interrupted).isTrue();
        assertThat(numbers.closed).isTrue();
    }

    @Test
    void a_server_that_shuts_down_says_so() throws InterruptedException {
        Numbers numbers = new Numbers(5);
        client.ready = false;
        Thread thread = new Thread(new Delivery(client, () -> numbers, LIMITS, allocator));
        thread.start();
        numbers.firstBatch.await(10, TimeUnit.SECONDS);

        thread.interrupt();
        thread.join(10_000);

        assertThat(client.events).containsExactly("schema", "UNAVAILABLE");
    }

    /** Batches of one number each. */
    private final class Numbers implements Batches {

        private static final Schema SCHEMA = new Schema(List.of(Field.nullable("n", new ArrowType.Int(32, true))));

        private final VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        private final int count;
        private final CountDownLatch firstBatch = new CountDownLatch(1);
        private final CountDownLatch interrupt = new CountDownLatch(1);
        private volatile int given;
        private volatile boolean closed;
        private volatile boolean interrupted;
        private boolean blocks;
        private RuntimeException failure;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public boolean next() {
            if (blocks || interrupted) {
                firstBatch.countDown();
                awaitInterrupt();
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "interrupted");
            }
            if (given == count) {
                if (failure != null) {
                    throw failure;
                }
                return false;
            }
            given++;
            root.clear();
            ((IntVector) root.getVector(0)).setSafe(0, given);
            root.setRowCount(1);
            firstBatch.countDown();
            return true;
        }

        private void awaitInterrupt() {
            try {
                interrupt.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public VectorSchemaRoot root() {
            return root;
        }

        @Override
        public void interrupt() {
            interrupted = true;
            interrupt.countDown();
        }

        @Override
        public void close() {
            closed = true;
            root.close();
        }
    }

    /** Notes what it is sent. */
    private static final class Client implements ServerStreamListener {

        private final List<String> events = new ArrayList<>();
        private Runnable onEnd = () -> {};
        private Runnable onReady = () -> {};
        private Runnable onCancel = () -> {};
        private volatile boolean ready = true;
        private volatile boolean cancelled;

        void ready() {
            ready = true;
            onReady.run();
        }

        void cancel() {
            cancelled = true;
            onCancel.run();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
        }

        @Override
        public void start(VectorSchemaRoot root, DictionaryProvider dictionaries, IpcOption option) {
            events.add("schema");
        }

        @Override
        public void start(VectorSchemaRoot root) {
            events.add("schema");
        }

        @Override
        public void putNext() {
            events.add("batch");
        }

        @Override
        public void putNext(ArrowBuf metadata) {
            putNext();
        }

        @Override
        public void putMetadata(ArrowBuf metadata) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void error(Throwable failure) {
            onEnd.run();
            events.add(((StatusRuntimeException) failure).getStatus().getCode().name());
        }

        @Override
        public void completed() {
            onEnd.run();
            events.add("completed");
        }
    }
}
