package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScrollingTest extends CursorTestBase {

    /** What a fetch gave, as text: ids, position, last row, whether there are more. */
    private String page(Cursor cursor, Fetch fetch) {
        try (CursorPage page = session.fetch(cursor, fetch, never)) {
            List<Object> ids = rows(page).stream().map(row -> row.get(0)).toList();
            return ids + " at " + page.position() + " to " + page.lastRow() + (page.hasMoreRows() ? " more" : "");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CursorType.class,
            names = {"STATIC", "KEYSET"})
    void every_direction_goes_where_it_says(CursorType type) {
        fill(10);
        Cursor cursor = open(type, ALL);
        assertThat(page(cursor, Fetch.prior(3))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.next(3))).isEqualTo("[1, 2, 3] at 1 to 3 more");
        assertThat(page(cursor, Fetch.next(3))).isEqualTo("[4, 5, 6] at 4 to 6 more");
        assertThat(page(cursor, Fetch.prior(2))).isEqualTo("[2, 3] at 2 to 3 more");
        assertThat(page(cursor, Fetch.prior(2))).isEqualTo("[1] at 1 to 1");
        assertThat(page(cursor, Fetch.prior(2))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.last(3))).isEqualTo("[8, 9, 10] at 8 to 10");
        assertThat(page(cursor, Fetch.next(3))).isEqualTo("[] at 11 to 11");
        assertThat(page(cursor, Fetch.next(3))).isEqualTo("[] at 11 to 11");
        assertThat(page(cursor, Fetch.prior(4))).isEqualTo("[7, 8, 9, 10] at 7 to 10 more");
        assertThat(page(cursor, Fetch.first(2))).isEqualTo("[1, 2] at 1 to 2 more");
        assertThat(page(cursor, Fetch.absolute(5, 2))).isEqualTo("[5, 6] at 5 to 6 more");
        assertThat(page(cursor, Fetch.absolute(10, 2))).isEqualTo("[10] at 10 to 10");
        assertThat(page(cursor, Fetch.absolute(11, 2))).isEqualTo("[] at 11 to 11");
        assertThat(page(cursor, Fetch.absolute(-1, 2))).isEqualTo("[10] at 10 to 10");
        assertThat(page(cursor, Fetch.absolute(-10, 2))).isEqualTo("[1, 2] at 1 to 2 more");
        assertThat(page(cursor, Fetch.absolute(-11, 2))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.absolute(0, 2))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.relative(3, 2))).isEqualTo("[3, 4] at 3 to 4 more");
        assertThat(page(cursor, Fetch.relative(0, 1))).isEqualTo("[3] at 3 to 3 more");
        assertThat(page(cursor, Fetch.relative(-2, 1))).isEqualTo("[1] at 1 to 1 more");
        assertThat(page(cursor, Fetch.relative(-1, 1))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.relative(Long.MAX_VALUE, 1))).isEqualTo("[] at 11 to 11");
        assertThat(page(cursor, Fetch.relative(-2, 1))).isEqualTo("[9] at 9 to 9 more");
        assertThat(page(cursor, Fetch.relative(Long.MIN_VALUE, 1))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.absolute(Long.MIN_VALUE, 1))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.absolute(Long.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo("[] at 11 to 11");
    }

    @Test
    void a_dynamic_cursor_goes_everywhere_without_knowing_how_many_rows_there_are() {
        fill(10);
        Cursor cursor = open(CursorType.DYNAMIC, ALL);
        assertThat(page(cursor, Fetch.next(3))).isEqualTo("[1, 2, 3] at 1 to 3 more");
        assertThat(page(cursor, Fetch.next(7))).isEqualTo("[4, 5, 6, 7, 8, 9, 10] at 4 to 10");
        assertThat(page(cursor, Fetch.prior(2))).isEqualTo("[2, 3] at 2 to 3 more");
        assertThat(page(cursor, Fetch.last(3))).isEqualTo("[8, 9, 10] at 8 to 10");
        assertThat(page(cursor, Fetch.last(30))).isEqualTo("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10] at 1 to 10");
        assertThat(page(cursor, Fetch.next(1))).isEqualTo("[] at -1 to -1");
        assertThat(page(cursor, Fetch.prior(2))).isEqualTo("[9, 10] at 9 to 10 more");
        assertThat(page(cursor, Fetch.absolute(-4, 2))).isEqualTo("[7, 8] at 7 to 8 more");
        assertThat(page(cursor, Fetch.absolute(-11, 2))).isEqualTo("[] at 0 to 0 more");
        assertThat(page(cursor, Fetch.absolute(11, 2))).isEqualTo("[] at -1 to -1");
        assertThat(page(cursor, Fetch.relative(-3, 2))).isEqualTo("[8, 9] at 8 to 9 more");
    }

    @Test
    void a_forward_only_cursor_goes_forward_only() {
        fill(10);
        Cursor cursor = open(CursorType.FORWARD_ONLY, ALL);
        for (Fetch back :
                List.of(Fetch.prior(1), Fetch.first(1), Fetch.last(1), Fetch.absolute(1, 1), Fetch.relative(1, 1))) {
            assertFails(() -> fetch(cursor, back), ErrorCode.INVALID_CURSOR_STATE);
        }
        assertThat(page(cursor, Fetch.next(4))).isEqualTo("[1, 2, 3, 4] at 1 to 4 more");
        assertThat(page(cursor, Fetch.next(6))).isEqualTo("[5, 6, 7, 8, 9, 10] at 5 to 10");
        assertThat(page(cursor, Fetch.next(6))).isEqualTo("[] at 11 to 11");
        assertThat(page(cursor, Fetch.next(6))).isEqualTo("[] at 11 to 11");
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void an_empty_result_has_no_rows_in_any_direction(CursorType type) {
        fill(0);
        Cursor cursor = open(type, ALL);
        try (CursorPage page = session.fetch(cursor, Fetch.next(1), never)) {
            assertThat(page.next()).isFalse();
            assertThat(page.rowCount()).isZero();
            assertThat(page.hasMoreRows()).isFalse();
            assertThat(page.columns()).hasSize(2);
            assertThat(page.condition()).contains(ErrorCode.NO_DATA);
        }
        if (type != CursorType.FORWARD_ONLY) {
            assertThat(fetch(cursor, Fetch.last(2))).isEmpty();
            assertThat(fetch(cursor, Fetch.first(2))).isEmpty();
            assertThat(fetch(cursor, Fetch.prior(2))).isEmpty();
            assertThat(fetch(cursor, Fetch.absolute(-1, 2))).isEmpty();
            assertThat(fetch(cursor, Fetch.relative(0, 2))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void one_row_is_the_first_and_the_last(CursorType type) {
        fill(1);
        Cursor cursor = open(type, ALL);
        assertThat(page(cursor, Fetch.next(5))).isEqualTo("[1] at 1 to 1");
        if (type != CursorType.FORWARD_ONLY) {
            assertThat(page(cursor, Fetch.last(1))).isEqualTo("[1] at 1 to 1");
            assertThat(page(cursor, Fetch.prior(1))).startsWith("[] at 0");
            assertThat(page(cursor, Fetch.relative(1, 1))).isEqualTo("[1] at 1 to 1");
        }
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void pages_go_over_the_boundaries_of_batches(CursorType type) {
        int rows = 3 * SpooledRows.PIECE + 17;
        fill(rows);
        Cursor cursor = open(type, ALL);
        long next = 1;
        for (int count : List.of(SpooledRows.PIECE - 1, 1, 1, SpooledRows.PIECE, 2 * SpooledRows.PIECE, 5)) {
            List<Object> expected = LongStream.range(next, Math.min(next + count, rows + 1))
                    .<Object>mapToObj(id -> (int) id)
                    .toList();
            assertThat(fetch(cursor, Fetch.next(count))).isEqualTo(expected);
            next += expected.size();
        }
        if (type != CursorType.FORWARD_ONLY) {
            assertThat(fetch(cursor, Fetch.absolute(SpooledRows.PIECE, 2)))
                    .containsExactly(SpooledRows.PIECE, SpooledRows.PIECE + 1);
            assertThat(fetch(cursor, Fetch.last(SpooledRows.PIECE + 18)))
                    .hasSize(SpooledRows.PIECE + 18)
                    .startsWith(2 * SpooledRows.PIECE)
                    .endsWith(rows);
        }
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void a_fetch_without_a_count_takes_the_fetch_size(CursorType type) {
        fill(300);
        assertThat(fetch(open(type, ALL), Fetch.next(0))).hasSize(CursorOptions.DEFAULT_FETCH_SIZE);
        assertThat(fetch(open(CursorOptions.of(type).withFetchSize(7), ALL), Fetch.next(0)))
                .hasSize(7);
        run("SET fetch_size = 9");
        assertThat(fetch(open(type, ALL), Fetch.next(0))).hasSize(9);
    }

    @Test
    void how_many_rows_there_are_is_told_as_soon_as_it_is_known() {
        fill(5);
        assertThat(total(CursorType.STATIC, 1)).isEqualTo(5);
        assertThat(total(CursorType.KEYSET, 1)).isEqualTo(5);
        assertThat(total(CursorType.DYNAMIC, 5)).isEqualTo(CursorPage.UNKNOWN);
        assertThat(total(CursorType.FORWARD_ONLY, 4)).isEqualTo(CursorPage.UNKNOWN);
        assertThat(total(CursorType.FORWARD_ONLY, 5)).isEqualTo(5);
    }

    private long total(CursorType type, int count) {
        try (CursorPage page = session.fetch(open(type, ALL), Fetch.next(count), never)) {
            return page.totalRows();
        }
    }

    @Test
    void numbers_of_rows_are_not_negative() {
        assertFails(() -> Fetch.next(-1), ErrorCode.INVALID_PARAMETER_VALUE);
        assertFails(() -> CursorOptions.of(CursorType.STATIC).withFetchSize(-1), ErrorCode.INVALID_PARAMETER_VALUE);
    }
}
