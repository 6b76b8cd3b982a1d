package io.skyport.flydb.message;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A message of every type, with something in every field, and one with as little as there can be. */
public final class Samples {

    private static final ColumnMetadata COLUMN = new ColumnMetadata(
            1, "price", "the price", "DECIMAL(10,2)", 3, 10, 2, 12, true, true, true, "orders", "main");

    private static final ServerInfo SERVER =
            new ServerInfo("s1", "1.0", 1, "default", "alice", true, false, 3, 16_777_216, List.of("sql", "cursors"));

    private Samples() {}

    public static Stream<Message> full() {
        return Stream.of(
                new MsgQuery("SELECT 'ä\n\"<>&' -- \u0000 \uD83D\uDE00"),
                new MsgQueryResult(true, "SELECT 2", List.of("a", "b"), List.of(COLUMN), rows(), 2),
                new MsgError(500, "table not found: users", "42P01"),
                new MsgPrepare("get_user", "SELECT * FROM users WHERE id = $1"),
                new MsgPrepareResult(true, "get_user", 2, List.of("INTEGER", "VARCHAR")),
                new MsgExecute("get_user", values()),
                new MsgDeallocate("get_user"),
                new MsgAuth("alice", "sécret", "sales", false),
                new MsgAuth("alice", "sécret", "sales", true),
                new MsgAuthResult(true, "authenticated", "sales", false),
                new MsgAuthResult(false, "authentication failed", null, true),
                new MsgPing(),
                new MsgPong(),
                new MsgCursorOpen("SELECT $1", 3, 2, 100, values()),
                new MsgCursorFetch("cur_1", 5, -7, 50),
                new MsgCursorClose("cur_1"),
                new MsgCursorScroll("cur_1", 4, Long.MIN_VALUE),
                new MsgCursorResult(true, "cur_1", List.of(COLUMN), rows(), 2, true, 7, -1, "fetched"),
                new MsgGetTables("default", "main", "o%", List.of("TABLE", "VIEW")),
                new MsgGetColumns("default", "main", "o%", "%id"),
                new MsgGetPrimaryKeys("default", "main", "orders"),
                new MsgGetForeignKeys("default", "main", "orders"),
                new MsgGetIndexes("default", "main", "orders", true),
                new MsgGetTypeInfo(-7),
                new MsgMetadataResult(
                        true, List.of(COLUMN), new RowList(List.of(object(), List.of("a", 1L))), 2, "two"),
                new MsgBeginTx(3, true, true),
                new MsgCommitTx(),
                new MsgRollbackTx(),
                new MsgSavepoint("s", true),
                new MsgTxResult(true, "tx_1", "transaction started"),
                new MsgSetOption("auto_commit", false),
                new MsgGetOption("auto_commit"),
                new MsgGetServerInfo(),
                new MsgSessionResult(true, "fetch_size", 100L, SERVER, "option set", "42704"),
                new MsgUseDatabase("sales"),
                new MsgGetDatabases("prod%"),
                new MsgDatabaseResult(true, "sales", List.of("default", "sales"), "database changed", "3D000"));
    }

    public static Stream<Message> empty() {
        return Stream.of(
                new MsgQuery(""),
                new MsgQueryResult(false, null, List.of(), List.of(), null, 0),
                new MsgQueryResult(true, null, List.of(), List.of(), new RowList(List.of()), 0),
                new MsgError(0, "", ""),
                new MsgPrepare("", ""),
                new MsgPrepareResult(false, "", 0, List.of()),
                new MsgExecute("", List.of()),
                new MsgDeallocate(""),
                new MsgAuth("", "", null, false),
                new MsgAuth("", "", null, true),
                new MsgAuthResult(false, "", null, false),
                new MsgAuthResult(false, "", null, true),
                new MsgCursorOpen("", 0, 0, 0, List.of()),
                new MsgCursorFetch("", 0, 0, 0),
                new MsgCursorClose(""),
                new MsgCursorScroll("", 0, 0),
                new MsgCursorResult(false, "", List.of(), null, 0, false, 0, 0, null),
                new MsgGetTables("", "", "", List.of()),
                new MsgGetColumns("", "", "", ""),
                new MsgGetPrimaryKeys("", "", ""),
                new MsgGetForeignKeys("", "", ""),
                new MsgGetIndexes("", "", "", false),
                new MsgGetTypeInfo(0),
                new MsgMetadataResult(false, List.of(), new RowList(List.of()), 0, null),
                new MsgBeginTx(null, null, false),
                new MsgSavepoint("", false),
                new MsgTxResult(false, null, null),
                new MsgSetOption("", null),
                new MsgGetOption(""),
                new MsgSessionResult(false, null, null, null, null, null),
                new MsgUseDatabase(""),
                new MsgGetDatabases(""),
                new MsgDatabaseResult(false, null, List.of(), null, null));
    }

    /** Values of every kind that JSON has. */
    private static List<Object> values() {
        return new ArrayList<>(Arrays.asList(
                1_000_000L,
                9_007_199_254_740_993L,
                new java.math.BigInteger("170141183460469231731687303715884105727"),
                new BigDecimal("2.50"),
                1e300,
                "it's",
                null,
                true,
                List.of(1L, "x", List.of()),
                object()));
    }

    private static Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("Name", "x");
        object.put("none", null);
        return object;
    }

    private static RowList rows() {
        return new RowList(List.of(values(), List.of()));
    }
}
