package io.skyport.flydb.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message, to bytes and back; and bytes that nobody should send. */
class MessageTest {

    @Test
    void there_is_a_sample_of_every_type() {
        assertThat(Samples.full().map(Message::type).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(MessageType.values());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_written_is_read_back(Message message) {
        ByteBuf payload = payload(message);

        assertThat(Message.read(message.type(), payload)).isEqualTo(message);
        assertThat(payload.isReadable()).as("bytes left unread").isFalse();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_frame_is_a_header_and_the_payload(Message message) {
        ByteBuf frame = Frames.of(message, false, UnpooledByteBufAllocator.DEFAULT);

        assertThat(FrameHeader.read(frame))
                .isEqualTo(new FrameHeader(
                        message.type().code(), 0, payload(message).readableBytes()));
        assertThat(frame).isEqualTo(payload(message));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_payload_that_is_cut_off_anywhere_is_refused_or_means_less(Message message) {
        byte[] whole = bytes(payload(message));
        for (int length = 0; length < whole.length; length++) {
            ByteBuf cut = Unpooled.copiedBuffer(whole, 0, length);
            readOrRefuse(message.type(), cut);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_payload_with_any_byte_changed_is_read_or_refused(Message message) {
        byte[] whole = bytes(payload(message));
        for (int i = 0; i < whole.length; i++) {
            for (int b : new int[] {0, 1, 0x7F, 0x80, 0xFF, '"', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '\\'}) {
                byte[] changed = whole.clone();
                changed[i] = (byte) b;
                readOrRefuse(message.type(), Unpooled.wrappedBuffer(changed));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_json_object_is_refused(MessageType type) {
        for (String text :
                List.of("{bad", "[]", "5", "\"x\"", "true", "{", "{\"a\":1", "{} {}", "{}x", "\u0001", "{'a':1}")) {
            if (hasFields(type)) {
                assertThatThrownBy(() -> Message.read(type, utf8(text)))
                        .as(text)
                        .satisfies(MessageTest::isViolation);
            } else {
                assertThat(Message.read(type, utf8(text)).type()).isEqualTo(type);
            }
        }
    }

    /** Name of the type, what has all its fields, then for each field: a wrong value of it. */
    static Stream<List<String>> fields() {
        return Stream.of(
                List.of("QUERY", "query!=5"),
                List.of("PREPARE", "name=[]", "query!={}"),
                List.of("EXECUTE", "name=1", "params={}"),
                List.of("DEALLOCATE", "name=true"),
                List.of("AUTH", "username!=1", "password!=[]", "database=7"),
                List.of(
                        "CURSOR_OPEN",
                        "query!=1",
                        "cursor_type=4",
                        "cursor_type=-1",
                        "cursor_type=\"1\"",
                        "concurrency=3",
                        "fetch_size=-1",
                        "fetch_size=2147483648",
                        "fetch_size=1.5",
                        "parameters=\"x\""),
                List.of(
                        "CURSOR_FETCH",
                        "cursor_id!=1",
                        "direction=6",
                        "direction=-1",
                        "offset=9223372036854775808",
                        "offset=1e3",
                        "count=-1"),
                List.of("CURSOR_SCROLL", "cursor_id!=null", "direction=6", "offset=\"1\""),
                List.of("CURSOR_CLOSE", "cursor_id!=false"),
                List.of(
                        "GET_TABLES",
                        "catalog=1",
                        "schema=1",
                        "table_name=1",
                        "table_types=\"TABLE\"",
                        "table_types=[1]"),
                List.of("GET_COLUMNS", "catalog=1", "schema=1", "table_name=1", "column_name=[]"),
                List.of("GET_PRIMARY_KEYS", "catalog=1", "schema=1", "table_name=1"),
                List.of("GET_FOREIGN_KEYS", "catalog=1", "schema=1", "table_name=1"),
                List.of("GET_INDEXES", "catalog=1", "schema=1", "table_name=1", "unique=1"),
                List.of("GET_TYPE_INFO", "data_type=\"4\"", "data_type=1e400"),
                List.of("BEGIN_TX", "isolation_level=4", "isolation_level=-1", "read_only=0", "deferrable=\"no\""),
                List.of("SAVEPOINT", "name!=1", "release=1"),
                List.of("SET_OPTION", "option!=1"),
                List.of("GET_OPTION", "option!=1"),
                List.of("USE_DATABASE", "database=1"),
                List.of("GET_DATABASES", "pattern=[]"));
    }

    @Test
    void every_request_with_fields_is_tested_field_by_field() {
        assertThat(fields().map(test -> test.get(0)))
                .containsExactlyInAnyOrderElementsOf(Stream.of(MessageType.values())
                        .filter(type ->
                                hasFields(type) && !type.title().endsWith("result") && type != MessageType.ERROR)
                        .map(Enum::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_field_of_another_type_or_out_of_its_range_is_refused(List<String> test) {
        MessageType type = MessageType.valueOf(test.get(0));
        for (String field : test.subList(1, test.size())) {
            String name = name(field);
            String value = field.substring(field.indexOf('=') + 1);
            String message = object(test, name, "\"" + name + "\":" + value);

            assertThatThrownBy(() -> Message.read(type, utf8(message)))
                    .as(message)
                    .satisfies(MessageTest::isViolation)
                    .hasMessageStartingWith("invalid " + type.title() + " message");
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_field_that_is_missing_or_null_has_its_default_unless_it_is_required(List<String> test) {
        MessageType type = MessageType.valueOf(test.get(0));
        for (String field : test.subList(1, test.size())) {
            for (String given : new String[] {null, "\"" + name(field) + "\":null"}) {
                String message = object(test, name(field), given);
                if (field.contains("!=")) {
                    assertThatThrownBy(() -> Message.read(type, utf8(message)))
                            .as(message)
                            .satisfies(MessageTest::isViolation)
                            .hasMessageContaining("\"" + name(field) + "\" is missing");
                } else {
                    assertThat(Message.read(type, utf8(message)))
                            .as(message)
                            .isEqualTo(Message.read(type, utf8(object(test, "", null))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void unknown_fields_and_the_case_of_letters_in_names_do_not_matter(List<String> test) {
        MessageType type = MessageType.valueOf(test.get(0));
        Message plain = Message.read(type, utf8(object(test, "", null)));
        String upper = object(test, "", null);
        for (String field : test.subList(1, test.size())) {
            upper = upper.replace(
                    "\"" + name(field) + "\"", "\"" + name(field).toUpperCase(java.util.Locale.ROOT) + "\"");
        }

        assertThat(Message.read(type, utf8(object(test, "", "\"zz\":{\"query\":[1,{}]}"))))
                .isEqualTo(plain);
        assertThat(Message.read(type, utf8(upper))).isEqualTo(plain);
    }

    @Test
    void the_last_of_fields_with_the_same_name_counts() {
        assertThat(read(MessageType.QUERY, "{\"query\":\"a\",\"QUERY\":\"b\"}")).isEqualTo(new MsgQuery("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", " {} ", "\u0000\u0000\u0000\u0002{}"})
    void no_payload_null_and_an_empty_object_say_the_same(String payload) {
        assertThat(read(MessageType.GET_TABLES, payload)).isEqualTo(new MsgGetTables("", "", "", List.of()));
        assertThat(read(MessageType.BEGIN_TX, payload)).isEqualTo(new MsgBeginTx(null, null, false));
        assertThatThrownBy(() -> read(MessageType.QUERY, payload)).satisfies(MessageTest::isViolation);
    }

    @Test
    void escapes_as_go_and_python_write_them_are_read() {
        assertThat(read(MessageType.QUERY, "{\"query\":\"a \\u003c b \\u0026 \\ud83d\\ude00 \\u00e4\"}"))
                .isEqualTo(new MsgQuery("a < b & \uD83D\uDE00 ä"));
    }

    @Test
    void half_of_a_character_is_replaced_as_it_could_never_be_sent_back() {
        Message query = read(MessageType.QUERY, "{\"query\":\"a\\ud83d b\\ude00\"}");

        assertThat(query).isEqualTo(new MsgQuery("a\uFFFD b\uFFFD"));
        assertThat(Message.read(MessageType.QUERY, payload(query))).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e99999", "1e999999999", "1e9999999999999"})
    void a_number_beyond_every_type_is_refused(String number) {
        assertThatThrownBy(() -> read(MessageType.EXECUTE, "{\"params\":[" + number + "]}"))
                .satisfies(MessageTest::isViolation);
    }

    @Test
    void a_number_of_a_million_digits_is_refused_and_one_of_a_hundred_is_rounded() {
        assertThatThrownBy(() -> read(MessageType.EXECUTE, "{\"params\":[" + "9".repeat(1_000_000) + "]}"))
                .satisfies(MessageTest::isViolation);
        assertThat(read(MessageType.EXECUTE, "{\"params\":[1" + "0".repeat(100) + ",1e-300]}"))
                .isEqualTo(new MsgExecute("", List.of(1e100, 1e-300)));
    }

    @Test
    void arrays_in_arrays_without_end_are_refused() {
        assertThatThrownBy(() -> read(MessageType.EXECUTE, "{\"params\":" + "[".repeat(1_000_000)))
                .satisfies(MessageTest::isViolation);
    }

    @Test
    void more_values_than_memory_should_hold_are_refused() {
        String values = "[],".repeat(JsonReader.MAX_TOKENS) + "1";

        assertThatThrownBy(() -> read(MessageType.EXECUTE, "{\"params\":[" + values + "]}"))
                .satisfies(MessageTest::isViolation)
                .hasMessageContaining("more than " + JsonReader.MAX_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFF", "7FFFFFFF", "00FFFFFF", "00000002"})
    void a_length_that_lies_in_a_binary_message_is_refused_before_anything_is_allocated(String length) {
        ByteBuf first = hex(length + "61");
        first.setByte(0, 0);
        ByteBuf second = hex("0000000161" + length);

        assertThatThrownBy(() -> Message.read(MessageType.AUTH, first)).satisfies(MessageTest::isViolation);
        assertThatThrownBy(() -> Message.read(MessageType.AUTH, second)).satisfies(MessageTest::isViolation);
    }

    @Test
    void a_binary_message_that_is_too_long_or_no_utf8_is_refused() {
        assertThatThrownBy(
                        () -> Message.read(MessageType.AUTH, hex("00000001" + "61" + "00000000" + "00000000" + "00")))
                .satisfies(MessageTest::isViolation);
        assertThatThrownBy(() -> Message.read(MessageType.AUTH, hex("00000001" + "FF" + "00000000")))
                .satisfies(MessageTest::isViolation);
        assertThatThrownBy(() -> Message.read(MessageType.AUTH_RESULT, hex("01" + "000000FF")))
                .satisfies(MessageTest::isViolation);
    }

    @Test
    void the_guides_binary_authentication_is_byte_for_byte_this() {
        assertThat(payload(new MsgAuth("admin", "secret", null, true)))
                .isEqualTo(hex("00000005" + "61646D696E" + "00000006" + "736563726574"));
        assertThat(Message.read(MessageType.AUTH, hex("0000000161" + "0000000162" + "000000026462")))
                .isEqualTo(new MsgAuth("a", "b", "db", true));
        assertThat(payload(new MsgAuthResult(true, "ok", "default", true))).isEqualTo(hex("01" + "00000002" + "6F6B"));
    }

    @Test
    void passwords_are_not_shown() {
        assertThat(new MsgAuth("alice", "sesame", null, false).toString())
                .contains("alice")
                .doesNotContain("sesame");
    }

    @Test
    void columns_are_strings_and_what_else_is_known_of_them_has_its_own_field() {
        Message result = new MsgQueryResult(
                true,
                "SELECT 1",
                List.of("a"),
                List.of(ColumnMetadata.of(0, "a", "INTEGER", 4)),
                new RowList(List.of(List.of(1L))),
                1);

        assertThat(payload(result).toString(StandardCharsets.UTF_8))
                .startsWith("{\"success\":true,\"columns\":[\"a\"],\"column_metadata\":[{\"index\":0,\"name\":\"a\"")
                .contains("\"sql_type\":4,\"type_code\":4")
                .endsWith("\"rows\":[[1]],\"row_count\":1,\"message\":\"SELECT 1\"}");
    }

    @Test
    void a_payload_may_have_16_mib_and_not_a_byte_more() {
        int overhead = "{\"query\":\"\"}".length();
        ByteBuf longest = payload(new MsgQuery("x".repeat(FrameHeader.MAX_LENGTH - overhead)));

        assertThat(longest.readableBytes()).isEqualTo(FrameHeader.MAX_LENGTH);
        assertThatThrownBy(() -> payload(new MsgQuery("x".repeat(FrameHeader.MAX_LENGTH - overhead + 1))))
                .isInstanceOfSatisfying(SkyportException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
                    assertThat(e).hasMessageContaining("cursor");
                });
    }

    /** Rows of texts, as many as there is room for. */
    private record Letters(int rows, int length) implements Rows {

        @Override
        public Written writeTo(JsonGenerator json) throws IOException {
            try (RoomForRows room = RoomForRows.in(json)) {
                for (int row = 0; row < rows; row++) {
                    json.writeString("x".repeat(length));
                    if (!room.holds()) {
                        return new Written(row, null, true);
                    }
                }
                return new Written(rows, null);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 16776000, 1", "1, 16777300, 0", "40, 1000000, 16", "200000, 100, 162875", "5, 10, 5"})
    void rows_that_do_not_fit_into_a_frame_are_left_out_and_what_follows_says_so(int rows, int length, int written) {
        ByteBuf payload =
                payload(new MsgCursorResult(true, "c", List.of(), new Letters(rows, length), rows, false, 1, -1, null));
        assertThat(payload.readableBytes()).isLessThanOrEqualTo(FrameHeader.MAX_LENGTH);

        MsgCursorResult read = (MsgCursorResult) Message.read(MessageType.CURSOR_RESULT, payload);

        assertThat(read.rowCount()).isEqualTo(written);
        assertThat(read.hasMoreRows()).isEqualTo(written < rows);
        assertThat(((RowList) read.rows()).rows()).hasSize(written).allMatch(row -> ((String) row).length() == length);
    }

    static Stream<Message> samples() {
        return Stream.concat(Samples.full(), Samples.empty());
    }

    private static boolean hasFields(MessageType type) {
        return switch (type) {
            case PING, PONG, COMMIT_TX, ROLLBACK_TX, GET_SERVER_INFO -> false;
            default -> true;
        };
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf('=')).replace("!", "");
    }

    /** An object with the required fields but the one that is left out, and with the field that is added. */
    private static String object(List<String> test, String without, @Nullable String with) {
        Stream<String> required = test.stream()
                .skip(1)
                .filter(field -> field.contains("!="))
                .map(MessageTest::name)
                .filter(name -> !name.equals(without))
                .map(name -> "\"" + name + "\":\"x\"");
        return Stream.concat(required, Stream.ofNullable(with)).collect(Collectors.joining(",", "{", "}"));
    }

    private static void readOrRefuse(MessageType type, ByteBuf payload) {
        try {
            assertThat(Message.read(type, payload).type()).isEqualTo(type);
        } catch (SkyportException e) {
            isViolation(e);
        }
    }

    private static void isViolation(Throwable e) {
        assertThat(e)
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION));
    }

    private static Message read(MessageType type, String payload) {
        return Message.read(type, utf8(payload));
    }

    private static ByteBuf payload(Message message) {
        ByteBuf payload = Unpooled.buffer();
        message.writePayload(payload);
        return payload;
    }

    private static byte[] bytes(ByteBuf payload) {
        return io.netty.buffer.ByteBufUtil.getBytes(payload);
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(io.netty.buffer.ByteBufUtil.decodeHexDump(digits));
    }
}
