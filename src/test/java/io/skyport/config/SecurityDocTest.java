package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md says how each promise is tested: those tests exist. */
class SecurityDocTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern PROPERTY = Pattern.compile("`(skyport\\.[a-z.-]+)`");

    @Test
    void the_tests_that_are_named_exist() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        List<String> named = found(TEST);

        assertThat(named).hasSizeGreaterThan(15);
        assertThat(classes).containsAll(named);
    }

    @Test
    void every_line_of_what_is_protected_names_a_test() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/security.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what") && !line.startsWith("| ---"))
                .toList();

        assertThat(rows).isNotEmpty().allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void the_properties_that_are_named_exist() throws IOException {
        PropertyNames names = new PropertyNames();
        PropertyRecords.all().forEach(type -> names.add(PropertyRecords.prefix(type), type));

        assertThat(found(PROPERTY)).isNotEmpty().allMatch(names::accepts);
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of("docs/security.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }
}
