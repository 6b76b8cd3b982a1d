package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgCursorClose;
import io.skyport.flydb.message.MsgCursorFetch;
import io.skyport.flydb.message.MsgCursorOpen;
import io.skyport.flydb.message.MsgCursorResult;
import io.skyport.flydb.message.MsgCursorScroll;
import io.skyport.flydb.message.Rows;
import io.skyport.session.Cursor;
import io.skyport.session.CursorConcurrency;
import io.skyport.session.CursorOptions;
import io.skyport.session.CursorPage;
import io.skyport.session.CursorType;
import io.skyport.session.Fetch;
import io.skyport.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cursors (FlyDB driver guide, "Cursor Operations"). */
final class CursorVerbs {

    private final Client client;

    CursorVerbs(Client client) {
        this.client = client;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.CURSOR_OPEN, this::open);
        verbs.put(MessageType.CURSOR_FETCH, this::fetch);
        verbs.put(MessageType.CURSOR_SCROLL, this::scroll);
        verbs.put(MessageType.CURSOR_CLOSE, this::close);
    }

    private Message open(ByteBuf payload) {
        MsgCursorOpen message = (MsgCursorOpen) Message.read(MessageType.CURSOR_OPEN, payload);
        Session session = client.session();
        List<@Nullable Object> parameters = JsonParameters.of(
                message.parameters(), session.describe(message.query()).parameters());
        CursorOptions options = CursorOptions.of(CursorType.values()[message.cursorType()])
                .with(CursorConcurrency.values()[message.concurrency()])
                .withFetchSize(message.fetchSize());
        Cursor cursor = session.openCursor(message.query(), null, options, parameters, null, client.cancellation());
        return new MsgCursorResult(
                true, cursor.id(), Columns.of(cursor.columns()), null, 0, true, 0, CursorPage.UNKNOWN, null);
    }

    private Message fetch(ByteBuf payload) {
        MsgCursorFetch message = (MsgCursorFetch) Message.read(MessageType.CURSOR_FETCH, payload);
        CursorPage page = page(message.cursorId(), message.direction(), message.offset(), message.count());
        client.promises(page::close);
        return result(message.cursorId(), page, new PageRows(client, page), page.rowCount());
    }

    private Message scroll(ByteBuf payload) {
        MsgCursorScroll message = (MsgCursorScroll) Message.read(MessageType.CURSOR_SCROLL, payload);
        try (CursorPage page = page(message.cursorId(), message.direction(), message.offset(), 1)) {
            return result(message.cursorId(), page, null, 0);
        }
    }

    private CursorPage page(String cursorId, int direction, long offset, int count) {
        Session session = client.session();
        Fetch fetch = new Fetch(Fetch.Direction.values()[direction], offset, count);
        return session.fetch(session.cursor(cursorId), fetch, client.cancellation());
    }

    private static Message result(String cursorId, CursorPage page, @Nullable Rows rows, long count) {
        return new MsgCursorResult(
                true, cursorId, List.of(), rows, count, page.hasMoreRows(), page.position(), page.totalRows(), null);
    }

    private Message close(ByteBuf payload) {
        MsgCursorClose message = (MsgCursorClose) Message.read(MessageType.CURSOR_CLOSE, payload);
        client.session().closeCursor(message.cursorId());
        return new MsgCursorResult(
                true, message.cursorId(), List.of(), null, 0, false, 0, CursorPage.UNKNOWN, "cursor closed");
    }

    /** The rows of a page, which is closed with them written. */
    private record PageRows(Client client, CursorPage page) implements Rows {

        @Override
        public Written writeTo(JsonGenerator json) throws IOException {
            client.keeps();
            try (page) {
                RowWriter writer = new RowWriter(json, null);
                while (page.next()) {
                    writer.write(page.root());
                }
                return new Written(writer.count(), null);
            }
        }
    }
}
