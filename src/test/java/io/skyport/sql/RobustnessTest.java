package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements with characters and words lost, doubled, swapped: each compiles or fails as a client may see it. */
class RobustnessTest extends CompilerTestBase {

    private static final int STATEMENTS = 5_000;
    private static final long SEED = 20240601L;
    private static final String CHARACTERS = "()[]{}'\",;.*+-/%$?:|&^~<>=!@#\\ \n\t01aZü";
    private static final Set<ErrorCode> NEVER = EnumSet.of(ErrorCode.INTERNAL_ERROR, ErrorCode.ENGINE_INVALIDATED);

    @BeforeEach
    void fill() {
        run("CREATE TABLE t (a INTEGER, b VARCHAR, c DECIMAL(10,2), d DATE)");
        run("CREATE TABLE u (a INTEGER, e BIGINT)");
    }

    @Test
    void a_mutilated_statement_compiles_or_fails_with_an_sqlstate() throws IOException {
        List<String> seeds = new ArrayList<>(lines("/sql/read.sql"));
        seeds.addAll(lines("/sql/compare.sql"));
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            String text = mutilated(seeds.get(random.nextInt(seeds.size())), seeds, random);
            try {
                compile(text);
            } catch (SkyportException failure) {
                refused++;
                assertThat(failure.code()).as(text).isNotIn(NEVER);
                assertThat(failure.getMessage()).as(text).isNotBlank().doesNotContain("\tat ", "Exception:");
            } catch (RuntimeException | Error failure) {
                fail("seed " + SEED + ", statement " + i + ": " + text, failure);
            }
        }
        assertThat(refused).isBetween(STATEMENTS / 4, STATEMENTS - 1);
    }

    private static String mutilated(String statement, List<String> seeds, Random random) {
        StringBuilder text = new StringBuilder(statement);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 2 -> text.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 3 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 4 -> text.insert(at, word(seeds, random));
                default -> swapWords(text, random);
            }
        }
        return text.toString();
    }

    private static String word(List<String> seeds, Random random) {
        String[] words = seeds.get(random.nextInt(seeds.size())).split(" ");
        return " " + words[random.nextInt(words.length)] + " ";
    }

    private static void swapWords(StringBuilder text, Random random) {
        String[] words = text.toString().split(" ");
        int one = random.nextInt(Math.max(1, words.length));
        int other = random.nextInt(Math.max(1, words.length));
        if (words.length > 1) {
            String word = words[one];
            words[one] = words[other];
            words[other] = word;
            text.setLength(0);
            text.append(String.join(" ", words));
        }
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = RobustnessTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("-- "))
                    .toList();
        }
    }
}
