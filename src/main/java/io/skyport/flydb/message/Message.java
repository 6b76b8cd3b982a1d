package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.skyport.error.SkyportException;

/** A message without its header. Its bytes are a payload of at most {@link FrameHeader#MAX_LENGTH}. */
public interface Message {

    MessageType type();

    /** Is told of bytes of a payload before they are written, and may refuse them. */
    @FunctionalInterface
    interface Growth {
        void grow(int bytes);
    }

    /**
     * Appends the payload.
     *
     * @param growth told of what may be long
     * @throws SkyportException 54000 if it is longer than a frame can be; {@code out} holds a part of it then
     */
    void writePayload(ByteBuf out, Growth growth);

    /** Appends the payload, whatever it takes. */
    default void writePayload(ByteBuf out) {
        writePayload(out, bytes -> {});
    }

    /**
     * Reads a payload, all of it.
     *
     * @throws SkyportException 08P01 if it is not one of this type
     */
    static Message read(MessageType type, ByteBuf payload) {
        return switch (type) {
            case QUERY -> MsgQuery.read(payload);
            case QUERY_RESULT -> MsgQueryResult.read(payload);
            case ERROR -> MsgError.read(payload);
            case PREPARE -> MsgPrepare.read(payload);
            case PREPARE_RESULT -> MsgPrepareResult.read(payload);
            case EXECUTE -> MsgExecute.read(payload);
            case DEALLOCATE -> MsgDeallocate.read(payload);
            case AUTH -> MsgAuth.read(payload);
            case AUTH_RESULT -> MsgAuthResult.read(payload);
            case PING -> new MsgPing();
            case PONG -> new MsgPong();
            case CURSOR_OPEN -> MsgCursorOpen.read(payload);
            case CURSOR_FETCH -> MsgCursorFetch.read(payload);
            case CURSOR_CLOSE -> MsgCursorClose.read(payload);
            case CURSOR_SCROLL -> MsgCursorScroll.read(payload);
            case CURSOR_RESULT -> MsgCursorResult.read(payload);
            case GET_TABLES -> MsgGetTables.read(payload);
            case GET_COLUMNS -> MsgGetColumns.read(payload);
            case GET_PRIMARY_KEYS -> MsgGetPrimaryKeys.read(payload);
            case GET_FOREIGN_KEYS -> MsgGetForeignKeys.read(payload);
            case GET_INDEXES -> MsgGetIndexes.read(payload);
            case GET_TYPE_INFO -> MsgGetTypeInfo.read(payload);
            case METADATA_RESULT -> MsgMetadataResult.read(payload);
            case BEGIN_TX -> MsgBeginTx.read(payload);
            case COMMIT_TX -> new MsgCommitTx();
            case ROLLBACK_TX -> new MsgRollbackTx();
            case SAVEPOINT -> MsgSavepoint.read(payload);
            case TX_RESULT -> MsgTxResult.read(payload);
            case SET_OPTION -> MsgSetOption.read(payload);
            case GET_OPTION -> MsgGetOption.read(payload);
            case GET_SERVER_INFO -> new MsgGetServerInfo();
            case SESSION_RESULT -> MsgSessionResult.read(payload);
            case USE_DATABASE -> MsgUseDatabase.read(payload);
            case GET_DATABASES -> MsgGetDatabases.read(payload);
            case DATABASE_RESULT -> MsgDatabaseResult.read(payload);
        };
    }
}
