package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements with characters and words lost, doubled, swapped: each compiles or fails as a client may see it. */
class RobustnessTest extends CompilerTestBase {

    private static final int STATEMENTS = 5_000;
    private static final int TEXTS = 100_000;
    private static final long MOST_CPU_NANOS = 100_000_000L;
    private static final long SEED = 20240601L;
    /** Classes of SQLSTATEs: syntax, limits, what is not supported, values of options. */
    private static final Set<String> REFUSALS = Set.of("42", "54", "0A", "22");

    private static final Pattern RECORD = Pattern.compile("(?m)^(?:statement|query) .*\n((?:(?!----).+\n?)+)");
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

    @Test
    void a_mutilated_text_is_read_soon_or_refused_with_a_position() throws IOException, URISyntaxException {
        List<String> seeds = statements();
        Random random = new Random(SEED);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = mutated(seeds, random);
            long start = threads.getCurrentThreadCpuTime();
            refused += refused(text, i) ? 1 : 0;
            long taken = threads.getCurrentThreadCpuTime() - start;
            if (taken > MOST_CPU_NANOS) {
                // The first time may have been the JIT compiler's, the class loader's or the collector's.
                start = threads.getCurrentThreadCpuTime();
                refused(text, i);
                taken = threads.getCurrentThreadCpuTime() - start;
            }
            assertThat(taken).as("seed " + SEED + ", text " + i + ": " + text).isLessThan(MOST_CPU_NANOS);
        }
        assertThat(refused).isBetween(TEXTS / 4, TEXTS - TEXTS / 20);
    }

    private static boolean refused(String text, int number) {
        try {
            SqlText.parse(text);
            return false;
        } catch (SkyportException failure) {
            assertThat(failure.code().sqlState().substring(0, 2)).as(text).isIn(REFUSALS);
            assertThat(failure.getMessage()).as(text).isNotBlank().doesNotContain("\tat ", "Exception:");
            if (failure.code() == ErrorCode.SYNTAX_ERROR) {
                assertThat(failure.position()).as(text).isPresent();
            }
            return true;
        } catch (StackOverflowError deep) {
            // The compiler answers 54001.
            return true;
        } catch (RuntimeException | Error failure) {
            return fail("seed " + SEED + ", text " + number + ": " + text, failure);
        }
    }

    private static String mutated(List<String> seeds, Random random) {
        String text = mutilated(seeds.get(random.nextInt(seeds.size())), seeds, random);
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> nested(text, random);
            case 2 -> text + " " + seeds.get(random.nextInt(seeds.size()));
            case 3 -> text.toUpperCase(Locale.ROOT);
            default -> text;
        };
    }

    private static String nested(String text, Random random) {
        int times = 1 + random.nextInt(60);
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT " + "(".repeat(times) + text + ")".repeat(times);
            case 1 -> "SELECT * FROM (".repeat(times) + text + ")".repeat(times);
            case 2 -> "SELECT " + "- ".repeat(times) + "NOT ".repeat(times) + text;
            default -> "SELECT " + "CASE WHEN ".repeat(times) + text + " THEN 1 END".repeat(times);
        };
    }

    /** The statements of this folder's files, of the files of statements and of TPC-H. */
    private static List<String> statements() throws IOException, URISyntaxException {
        List<String> statements = new ArrayList<>(lines("/sql/read.sql"));
        statements.addAll(lines("/sql/compare.sql"));
        Path root = Path.of(Objects.requireNonNull(RobustnessTest.class.getResource("/statements"))
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".test"))
                    .sorted()
                    .toList()) {
                Matcher record = RECORD.matcher(Files.readString(file));
                while (record.find()) {
                    statements.add(record.group(1).strip());
                }
            }
        }
        for (int query = 1; query <= 22; query++) {
            statements.add(text("/io/trino/tpch/queries/q" + query + ".sql"));
        }
        return statements;
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
        return text(resource)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("-- "))
                .toList();
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = RobustnessTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
