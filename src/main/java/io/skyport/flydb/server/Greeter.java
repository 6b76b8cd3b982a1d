package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by a client's first byte whether it wants TLS: a TLS record begins with 0x16, a FlyDB frame with 0xFD. On the event loop. */
final class Greeter extends ByteToMessageDecoder {

    private static final int TLS_HANDSHAKE = 0x16;

    private final @Nullable SslContext tls;
    private final boolean required;

    /** @param tls null if there is none */
    Greeter(@Nullable SslContext tls, boolean required) {
        this.tls = tls;
        this.required = required;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        boolean wantsTls = in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE;
        if (wantsTls && tls != null) {
            ctx.pipeline().addAfter(ctx.name(), "tls", tls.newHandler(ctx.alloc()));
        } else if (wantsTls || required) {
            in.skipBytes(in.readableBytes());
            ctx.close();
            return;
        }
        ctx.pipeline().remove(this);
    }
}
