package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void every_batch_is_in_one_part_in_order_and_there_are_never_too_many() {
        Random random = new Random(1);
        for (int run = 0; run < 2000; run++) {
            int most = 1 + random.nextInt(9);
            long min = random.nextInt(50);
            int batches = random.nextInt(60);
            Parts parts = new Parts(most, min);
            List<Parts.Part> given = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                boolean more = parts.added(random.nextInt(20));
                assertThat(parts.count()).isEqualTo(given.size() + (more ? 1 : 0));
                if (more) {
                    given.add(parts.get(given.size()));
                }
            }
            parts.finish();

            assertThat(parts.count()).isBetween(1, most);
            int next = 0;
            for (int i = 0; i < parts.count(); i++) {
                assertThat(parts.get(i).from()).isEqualTo(next);
                assertThat(parts.get(i).to()).isGreaterThanOrEqualTo(next);
                next = parts.get(i).to();
                if (i < given.size()) {
                    assertThat(parts.get(i)).isEqualTo(given.get(i));
                }
            }
            assertThat(next).isEqualTo(batches);
        }
    }

    @Test
    void a_result_without_batches_has_one_part() {
        Parts parts = new Parts(8, 100);
        parts.finish();

        assertThat(parts.count()).isEqualTo(1);
        assertThat(parts.get(0)).isEqualTo(new Parts.Part(0, 0));
    }

    @Test
    void what_is_small_is_not_cut() {
        assertThat(of(8, 100, 10, 9).count()).isEqualTo(1);
        assertThat(of(8, 100, 10, 19).count()).isEqualTo(2);
        assertThat(of(8, 100, 10, 20).count()).isEqualTo(2);
    }

    @Test
    void one_part_is_given_out_at_the_end_only() {
        assertThat(of(1, 1, 1000, 50).count()).isEqualTo(1);
    }

    @Test
    void half_of_the_parts_are_given_out_meanwhile_each_as_large_as_all_before_and_the_rest_share_what_is_left() {
        assertThat(sizes(of(8, 100, 10, 1000))).containsExactly(10, 10, 20, 40, 230, 230, 230, 230);
    }

    private static List<Integer> sizes(Parts parts) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < parts.count(); i++) {
            sizes.add(parts.get(i).to() - parts.get(i).from());
        }
        return sizes;
    }

    /** Batches of the same size. */
    private static Parts of(int most, long min, long size, int batches) {
        Parts parts = new Parts(most, min);
        for (int i = 0; i < batches; i++) {
            boolean unused = parts.added(size);
        }
        parts.finish();
        return parts;
    }
}
