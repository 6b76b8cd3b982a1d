package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What Arrow's own listener does for a DoGet, with compressed bodies, which that does not have. A buffer that compression would
 * make longer travels as it is. Results here have no dictionaries and no metadata of the application's.
 */
final class CompressedResult implements ServerStreamListener {

    private final ServerCall<?, Object> call;
    private final CallEnd end;
    private final CompressionCodec codec;
    private volatile @Nullable Runnable onReady;
    private volatile @Nullable Runnable onCancel;
    private @Nullable VectorUnloader unloader;

    CompressedResult(ServerCall<?, Object> call, CompressionCodec codec) {
        this.call = call;
        this.end = new CallEnd(call);
        this.codec = codec;
    }

    /** gRPC says so. */
    void ready() {
        run(onReady);
    }

    /** gRPC says so. */
    void cancelled() {
        run(onCancel);
    }

    private static void run(@Nullable Runnable handler) {
        if (handler != null) {
            handler.run();
        }
    }

    @Override
    public boolean isCancelled() {
        return call.isCancelled();
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public void start(VectorSchemaRoot root, @Nullable DictionaryProvider dictionaries, IpcOption option) {
        unloader = new VectorUnloader(root, true, codec, true);
        call.sendHeaders(new Metadata());
        call.sendMessage(FlightData.newBuilder()
                .setDataHeader(bytes(MessageSerializer.serializeMetadata(root.getSchema(), option)))
                .build());
    }

    @Override
    public void putNext() {
        VectorUnloader started = unloader;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        try (ArrowRecordBatch batch = started.getRecordBatch()) {
            call.sendMessage(FlightData.newBuilder()
                    .setDataHeader(bytes(MessageSerializer.serializeMetadata(batch)))
                    .setDataBody(body(batch))
                    .build());
        }
    }

    private static ByteString body(ArrowRecordBatch batch) {
        byte[] body = new byte[Math.toIntExact(batch.computeBodyLength())];
        List<ArrowBuf> buffers = batch.getBuffers();
        List<ArrowBuffer> layout = batch.getBuffersLayout();
        for (int i = 0; i < buffers.size(); i++) {
            ArrowBuffer place = layout.get(i);
            buffers.get(i).getBytes(0, body, (int) place.getOffset(), (int) place.getSize());
        }
        return UnsafeByteOperations.unsafeWrap(body);
    }

    private static ByteString bytes(ByteBuffer header) {
        return ByteString.copyFrom(header);
    }

    @Override
    public void putNext(ArrowBuf metadata) {
        throw new UnsupportedOperationException("metadata");
    }

    @Override
    public void putMetadata(ArrowBuf metadata) {
        throw new UnsupportedOperationException("metadata");
    }

    @Override
    public void error(Throwable failure) {
        end.fail(failure);
    }

    @Override
    public void completed() {
        end.once(() -> call.close(Status.OK, new Metadata()));
    }
}
