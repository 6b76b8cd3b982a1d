package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.Table.ExternalLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalMarkerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/*.parquet",
                "/data/it's here/",
                "",
                "') SELECT 1; --",
                "'' AS location) SELECT",
                "\"quoted\", \\ ünï \uD83D\uDE80\nline",
            })
    void what_is_written_is_read(String location) {
        ExternalLocation external = new ExternalLocation("PARQUET", location);
        String view = "CREATE VIEW v (a, \"AS\") AS WITH " + ExternalMarker.expression(external) + " SELECT 1 AS a, 2";

        assertThat(ExternalMarker.read(view)).contains(external);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 'CSV' AS stored_as, '/f' AS \"location\")SELECT 1",
                "create or replace view \"AS\".\"v\" as with \"skyport:external\" as materialized (select 'csv' as"
                        + " \"stored_as\" , '/f' as location) select 1",
                "CREATE VIEW v AS WITH \"skyport:external\" AS NOT MATERIALIZED (SELECT 'CSV' AS stored_as, '/f' AS"
                        + " location) SELECT 1;",
            })
    void the_engine_may_print_the_mark_in_its_own_way(String view) {
        assertThat(ExternalMarker.read(view)).contains(new ExternalLocation("CSV", "/f"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CREATE VIEW v AS SELECT 1",
                "CREATE VIEW v AS SELECT 1 AS \"skyport:external\"",
                "CREATE VIEW \"skyport:external\" AS SELECT 1",
                "CREATE VIEW v AS WITH a AS (SELECT 1), \"skyport:external\" AS (SELECT 'CSV' AS stored_as, '/f' AS"
                        + " location) SELECT 1",
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 1 AS stored_as, '/f' AS location) SELECT 1",
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 'CSV' AS stored_as) SELECT 1",
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 'CSV' AS location, '/f' AS stored_as) SELECT 1",
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 'CSV' AS stored_as, '/f' AS location FROM t) S",
                "CREATE VIEW v AS WITH \"skyport:external\" AS",
                "CREATE VIEW v AS SELECT 'AS WITH \"skyport:external\" AS (SELECT ''CSV'' AS stored_as, ''/f'' AS"
                        + " location)'",
            })
    void anything_else_is_just_a_view(String view) {
        assertThat(ExternalMarker.read(view)).isEmpty();
    }

    @Test
    void a_very_long_location_is_read_too() {
        ExternalLocation external = new ExternalLocation("CSV", "'x".repeat(500_000));

        assertThat(ExternalMarker.read("CREATE VIEW v AS WITH " + ExternalMarker.expression(external) + " SELECT 1"))
                .contains(external);
    }
}
