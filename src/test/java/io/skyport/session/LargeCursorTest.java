package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeCursorTest extends CursorTestBase {

    private static final int ROWS = 10_000_000;
    private static final long MOST_HEAP = 64L << 20;
    private static final long MOST_DIRECT = 64L << 20;

    @ParameterizedTest
    @EnumSource(
            value = CursorType.class,
            names = {"STATIC", "KEYSET"})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void ten_million_rows_are_not_in_memory(CursorType type) throws Exception {
        run("CREATE TABLE n (id INTEGER PRIMARY KEY, name VARCHAR)");
        run("INSERT INTO n SELECT i, 'name of ' || i FROM range(1, " + (ROWS + 1) + ") AS r(i)");
        long heap = usedHeap();
        Cursor cursor = open(type, "SELECT id, name FROM n ORDER BY id");
        assertThat(usedHeap() - heap).isLessThan(MOST_HEAP);
        assertThat(allocator.getAllocatedMemory()).isZero();
        assertThat(fetch(cursor, Fetch.last(2))).containsExactly(ROWS - 1, ROWS);
        assertThat(fetch(cursor, Fetch.absolute(ROWS / 2, 3))).containsExactly(ROWS / 2, ROWS / 2 + 1, ROWS / 2 + 2);
        assertThat(fetch(cursor, Fetch.relative(-4_000_000, 1))).containsExactly(ROWS / 2 - 4_000_000);
        assertThat(fetch(cursor, Fetch.first(1))).containsExactly(1);
        assertThat(allocator.getAllocatedMemory()).isZero();
        assertThat(allocator.getPeakMemoryAllocation()).isLessThan(MOST_DIRECT);
        assertThat(putAside()).isPositive();
        session.closeCursor(cursor.id());
        assertThat(putAside()).isZero();
    }

    private long putAside() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".arrows")).count();
        }
    }

    /** After a collection, which must be asked for to see what is kept. */
    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
