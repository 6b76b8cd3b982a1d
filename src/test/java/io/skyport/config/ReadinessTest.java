package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.config.Readiness.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final List<Boolean> told = new ArrayList<>();
    private final Readiness readiness = new Readiness(told::add);
    private final AtomicLong free = new AtomicLong(100);
    private final DiskWatch disk = new DiskWatch(readiness, free::get, 50);

    @Test
    void clients_may_come_once_the_start_is_over_and_until_the_stop_begins() {
        assertThat(readiness.ready()).isFalse();

        readiness.remove(Obstacle.STARTING);
        readiness.add(Obstacle.STOPPING);
        readiness.remove(Obstacle.STOPPING);
        readiness.remove(Obstacle.ENGINE);

        assertThat(readiness.ready()).isFalse();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void all_obstacles_must_be_gone() {
        readiness.remove(Obstacle.STARTING);
        free.set(49);
        disk.run();
        readiness.add(Obstacle.ENGINE);
        assertThat(readiness.obstacles()).containsExactly("disk", "engine");

        readiness.remove(Obstacle.ENGINE);
        assertThat(readiness.ready()).isFalse();
        free.set(50);
        disk.run();

        assertThat(readiness.obstacles()).isEmpty();
        assertThat(told).containsExactly(true, false, true);
    }

    @Test
    void an_engine_that_is_back_while_the_server_stops_lets_nobody_come() {
        readiness.remove(Obstacle.STARTING);
        readiness.add(Obstacle.ENGINE);
        readiness.add(Obstacle.STOPPING);
        readiness.remove(Obstacle.ENGINE);

        assertThat(told).containsExactly(true, false);
    }

    @Test
    void a_disk_that_is_full_at_the_start_is_known_before_clients_come() {
        free.set(0);
        disk.run();
        readiness.remove(Obstacle.STARTING);

        assertThat(told).isEmpty();
    }
}
