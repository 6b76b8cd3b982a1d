package io.skyport.flydb.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameHeaderTest {

    @Test
    void a_ping_is_these_eight_bytes() {
        ByteBuf out = Unpooled.buffer();
        new FrameHeader(MessageType.PING.code(), 0, 0).write(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("fd010a0000000000");
    }

    @Test
    void what_is_written_is_read_back_the_longest_payload_included() {
        FrameHeader header = new FrameHeader(0xFF, 0xFF, FrameHeader.MAX_LENGTH);
        ByteBuf out = Unpooled.buffer();
        header.write(out);

        assertThat(FrameHeader.read(out)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({
        "00010a0000000000, invalid protocol magic byte",
        "fdff0a0000000000, protocol version 255",
        "fd000a0000000000, protocol version 0",
        "fd010a0001000001, exceeds maximum size",
        "fd010a007fffffff, exceeds maximum size",
        "fd010a00ffffffff, exceeds maximum size"
    })
    void what_is_no_header_is_refused(String bytes, String why) {
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes));

        assertThatThrownBy(() -> FrameHeader.read(in))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION))
                .hasMessageContaining(why);
    }

    @Test
    void every_type_is_found_by_its_code_and_no_other_code_is_one() {
        int known = 0;
        for (int code = 0; code < 256; code++) {
            int expected = code;
            known += MessageType.of(code).isPresent() ? 1 : 0;
            MessageType.of(code).ifPresent(type -> assertThat(type.code()).isEqualTo(expected));
        }
        assertThat(known).isEqualTo(MessageType.values().length).isEqualTo(35);
    }
}
