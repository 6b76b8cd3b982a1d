package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;

/** What tests of stored results do with them. */
abstract class StoredResultsTestBase extends SessionTestBase {

    StoredResult finished(String sql) {
        StoredResult result = session.start(sql, null);
        assertThat(result.awaitEnd(never).finished()).isTrue();
        return result;
    }

    List<Long> longs(StoredResult result, int part) {
        return longs(sessions.storedResults().part(result.partHandle(part), "alice"));
    }

    static List<Long> longs(Promised promised) {
        List<Long> values = new ArrayList<>();
        try (ResultStream stream = promised.open()) {
            while (stream.next()) {
                BigIntVector vector = (BigIntVector) stream.root().getVector(0);
                for (int i = 0; i < vector.getValueCount(); i++) {
                    values.add(vector.get(i));
                }
            }
        }
        return values;
    }

    List<Long> longs(StoredResult result) {
        List<Long> all = new ArrayList<>();
        for (int part = 0; part < result.status().parts(); part++) {
            all.addAll(longs(result, part));
        }
        return all;
    }

    /** Files of rows that were put aside. */
    long files() {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            return files.filter(file -> file.toString().endsWith(".arrows")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
