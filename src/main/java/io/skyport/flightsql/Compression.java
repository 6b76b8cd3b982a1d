package io.skyport.flightsql;

import io.grpc.Metadata;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.NamedOptions;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * How the bodies of a result's batches are compressed. Not at all, unless the client asks for it, by the header
 * {@code compression} of its DoGet or else by the session option of that name: on a fast network it costs more than it saves.
 */
enum Compression {
    NONE(CodecType.NO_COMPRESSION),
    LZ4(CodecType.LZ4_FRAME),
    ZSTD(CodecType.ZSTD);

    /** Header of a call. */
    static final Metadata.Key<String> HEADER =
            Metadata.Key.of(NamedOptions.COMPRESSION, Metadata.ASCII_STRING_MARSHALLER);

    private final CodecType type;

    Compression(CodecType type) {
        this.type = type;
    }

    /** What compresses one result; compresses nothing for {@link #NONE}. */
    CompressionCodec codec() {
        return codec(type);
    }

    static CompressionCodec codec(CodecType type) {
        return type == CodecType.LZ4_FRAME ? new Lz4Codec() : CommonsCompressionFactory.INSTANCE.createCodec(type);
    }

    /**
     * What a call's headers ask for, if they do.
     *
     * @throws SkyportException 22023 for what there is not
     */
    static Optional<Compression> of(Metadata headers) {
        return Optional.ofNullable(headers.get(HEADER)).map(Compression::of);
    }

    static Compression of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> NONE;
            case "lz4" -> LZ4;
            case "zstd" -> ZSTD;
            default ->
                throw new SkyportException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "compression is none, lz4 or zstd, not '" + name + "'");
        };
    }
}
