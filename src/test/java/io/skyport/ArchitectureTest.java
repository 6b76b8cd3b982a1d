package io.skyport;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walls stand, and each of them is able to fall: it is run on a tree of classes of which some, the trespassers, break it. */
class ArchitectureTest {
    private static final String ROOT = "io.skyport";
    private static final JavaClasses PRODUCT = classesBeside(Skyport.class);
    private static final JavaClasses TESTS = classesBeside(ArchitectureTest.class);

    @ParameterizedTest
    @EnumSource
    void the_product_keeps_each_wall(Wall wall) {
        wall.below(ROOT).allowEmptyShould(true).check(PRODUCT);
    }

    @Test
    void the_tests_mock_nothing() {
        Wall.NO_MOCKS.below(ROOT).check(TESTS);
    }

    @ParameterizedTest
    @EnumSource
    void a_wall_reports_each_trespasser_and_nobody_else(Wall wall) {
        String root = "architecture.fixtures." + wall.name().toLowerCase(Locale.ROOT);
        JavaClasses fixture = new ClassFileImporter().importPackages(root);
        List<String> trespassers = fixture.stream()
                .map(JavaClass::getName)
                .filter(name -> name.contains(".Trespasser"))
                .toList();

        List<String> report = wall.below(root)
                .allowEmptyShould(true)
                .evaluate(fixture)
                .getFailureReport()
                .getDetails();

        assertThat(trespassers)
                .isNotEmpty()
                .allSatisfy(trespasser -> assertThat(report).anyMatch(line -> line.contains("<" + trespasser)));
        assertThat(report).allMatch(line -> trespassers.stream().anyMatch(line::contains));
    }

    /** By directory, because the directory's name depends on the build. */
    private static JavaClasses classesBeside(Class<?> type) {
        return new ClassFileImporter()
                .importUrl(type.getProtectionDomain().getCodeSource().getLocation());
    }
}
