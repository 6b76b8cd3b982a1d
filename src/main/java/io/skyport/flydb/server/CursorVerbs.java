package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgCursorClose;
import io.skyport.flydb.message.MsgCursorFetch;
import io.skyport.flydb.message.MsgCursorOpen;
import io.skyport.flydb.message.MsgCursorResult;
import io.skyport.flydb.message.MsgCursorScroll;
import io.skyport.flydb.message.RoomForRows;
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
        client.promises(() -> unread(page));
        boolean backwards = Fetch.Direction.values()[message.direction()] == Fetch.Direction.PRIOR;
        return result(message.cursorId(), page, new PageRows(client, page, backwards), page.rowCount());
    }

    /** Nobody gets them. */
    private static void unread(CursorPage page) {
        try (page) {
            boolean unused = page.rowCount() == 0 || page.leave(0);
        }
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

    /**
     * As many rows of a page as fit, which is closed with them written; the next fetch begins with the others.
     *
     * @param backwards whether the next fetch would leave out those that do not fit
     */
    private record PageRows(Client client, CursorPage page, boolean backwards) implements Rows {

        @Override
        public Written writeTo(JsonGenerator json) throws IOException {
            RowWriter writer = new RowWriter(json, null);
            boolean all = written(json, writer);
            if (!all) {
                leave(writer.count());
            }
            client.keeps();
            page.close();
            return new Written(writer.count(), null, !all);
        }

        private boolean written(JsonGenerator json, RowWriter writer) throws IOException {
            try (RoomForRows room = RoomForRows.in(json)) {
                boolean all = true;
                while (all && page.next()) {
                    all = writer.write(page.root(), room);
                }
                return all;
            }
        }

        private void leave(long written) {
            if (written == 0) {
                throw new SkyportException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "the row takes more than the " + FrameHeader.MAX_LENGTH
                                + " bytes of a frame: select less of it");
            }
            if (backwards) {
                throw new SkyportException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "these rows take more than the " + FrameHeader.MAX_LENGTH
                                + " bytes of a frame: fetch fewer (count), or forward");
            }
            if (!page.leave(written)) {
                throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "the cursor was closed meanwhile");
            }
        }
    }
}
