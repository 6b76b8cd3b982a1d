package io.skyport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.skyport.Room.CONFIG;
import static io.skyport.Room.ENGINE;
import static io.skyport.Room.ERROR;
import static io.skyport.Room.FLIGHTSQL;
import static io.skyport.Room.FLYDB;
import static io.skyport.Room.OBSERVABILITY;
import static io.skyport.Room.SECURITY;
import static io.skyport.Room.SESSION;
import static io.skyport.Room.SQL;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;

/**
 * The walls of docs/architecture.md. Each is a rule over the packages below a root, so that the same rule guards the product and is
 * proven on a small tree that breaks it (architecture.fixtures).
 */
enum Wall {
    LAYERS {
        @Override
        ArchRule below(String root) {
            return Arrays.stream(Room.values())
                    .map(room -> classes()
                            .that()
                            .resideInAPackage(room.in(root))
                            .should()
                            .onlyDependOnClassesThat(
                                    resideOutsideOfPackage(root + "..").or(resideInAnyPackage(room.visibleIn(root))))
                            .because("dependencies point one way, from the wires to the errors: a room can be read,"
                                    + " tested and replaced knowing only the rooms below it"))
                    .reduce((first, second) -> CompositeArchRule.of(first).and(second))
                    .orElseThrow();
        }
    },
    SECURITY_IS_ASKED_AT_THE_DOOR {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideInAnyPackage(Room.allExceptIn(root, SECURITY, FLIGHTSQL, FLYDB, SESSION, CONFIG))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SECURITY.in(root))
                    .because("who may do what is decided where a client's request enters; below the session every"
                            + " request is already allowed");
        }
    },
    NOTHING_CALLS_OBSERVABILITY {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideInAnyPackage(Room.allExceptIn(root, OBSERVABILITY, CONFIG))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(OBSERVABILITY.in(root))
                    .because("it listens through interfaces that session and engine own, so that measuring never"
                            + " changes what is measured");
        }
    },
    NOTHING_DEPENDS_ON_THE_WIRING {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideInAnyPackage(Room.allExceptIn(root, CONFIG))
                    .should()
                    .dependOnClassesThat(resideInAPackage(CONFIG.in(root)).or(resideInAPackage(root)))
                    .because("the wiring knows the rooms; a room that knows the wiring cannot be used without it");
        }
    },
    ADAPTERS_APART {
        @Override
        ArchRule below(String root) {
            return CompositeArchRule.of(noClasses()
                            .that()
                            .resideInAPackage(FLIGHTSQL.in(root))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(FLYDB.in(root)))
                    .and(noClasses()
                            .that()
                            .resideInAPackage(FLYDB.in(root))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(FLIGHTSQL.in(root)))
                    .because("what both wires need belongs to the session; a wire can be added or removed alone");
        }
    },
    EVERY_CLASS_HAS_A_ROOM {
        @Override
        ArchRule below(String root) {
            return classes()
                    .that(describe("are not the application", type -> !isApplication(type, root)))
                    .should()
                    .resideInAnyPackage(Room.allIn(root))
                    .because("a class outside the rooms is guarded by none of the walls");
        }
    },
    NO_CYCLES {
        @Override
        ArchRule below(String root) {
            return slices().matching(root + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("rooms in a cycle are one room");
        }
    },
    CODEC_IS_PURE {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideInAPackage(root + ".flydb.message..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + "..")
                            .and(not(resideInAnyPackage(root + ".flydb.message..", ERROR.in(root)))))
                    .because(
                            "messages are bytes and records and nothing else, so that the codec is tested without a server");
        }
    },
    DUCKDB_IN_ENGINE {
        @Override
        ArchRule below(String root) {
            return only(root, "the engine can be replaced, and its quirks stay in one room", "org.duckdb..", ENGINE);
        }
    },
    CALCITE_IN_SQL {
        @Override
        ArchRule below(String root) {
            return only(root, "the rest of the product sees statements, not parse trees", "org.apache.calcite..", SQL);
        }
    },
    NETTY_IN_FLYDB {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(FLYDB.in(root))
                    .and(not(resideInAPackage(FLIGHTSQL.in(root)).and(isNamed("Configuration"))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..")
                    .because("event loops and reference-counted buffers stay where they are understood; Flight's"
                            + " configuration may tune the Netty below gRPC");
        }
    },
    FLIGHT_IN_FLIGHTSQL {
        @Override
        ArchRule below(String root) {
            return outside(root, FLIGHTSQL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.grpc..", "net.devh..", "org.apache.arrow.flight..")
                    .because("the session serves both wires and knows the form of neither");
        }
    },
    PROTOBUF_WHERE_MESSAGES_ARE_READ {
        @Override
        ArchRule below(String root) {
            return outside(root, FLIGHTSQL)
                    .and()
                    .resideOutsideOfPackage(substrait(root))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.google.protobuf..")
                    .because("the session serves both wires and knows the form of neither; Substrait plans are"
                            + " messages too, and texts from where they are read");
        }
    },
    SUBSTRAIT_WHERE_PLANS_ARE_READ {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(substrait(root))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.substrait..")
                    .because("a plan is a text to all the rest");
        }
    },
    ARROW_ON_THE_WAY_OF_THE_ROWS {
        @Override
        ArchRule below(String root) {
            DescribedPredicate<JavaClass> types = resideInAPackage("org.apache.arrow.vector.types..");
            return noClasses()
                    .that()
                    .resideInAnyPackage(Room.allExceptIn(root, ENGINE, SESSION, FLIGHTSQL, FLYDB, CONFIG))
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.apache.arrow..").and(not(types)))
                    .because("buffers have an owner only on the rows' way from the engine to the wire; the other rooms"
                            + " know Arrow's types at most");
        }
    },
    METERS_IN_OBSERVABILITY {
        @Override
        ArchRule below(String root) {
            return outside(root, OBSERVABILITY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.micrometer..",
                            "io.opentelemetry..",
                            "io.prometheus..",
                            "org.springframework.boot.actuate..")
                    .because("rooms tell what happens; how it is counted and shown is decided in one place");
        }
    },
    SPRING_IN_CONFIGURATION {
        @Override
        ArchRule below(String root) {
            DescribedPredicate<JavaClass> spring = resideInAPackage("org.springframework..");
            DescribedPredicate<JavaClass> actuator = resideInAPackage("org.springframework.boot.actuate..");
            return noClasses()
                    .that(not(isNamed("Configuration")))
                    .and(not(isNamed("Properties")))
                    .and(describe("are not the application", type -> !isApplication(type, root)))
                    .should()
                    // Meters have their own wall.
                    .dependOnClassesThat(spring.and(not(actuator)))
                    .because("a room's classes are plain Java: made by a constructor, tested without a container");
        }
    },
    NO_MOCKS {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that()
                    .resideInAPackage(root + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.mockito..", "org.easymock..", "org.springframework..mockito..")
                    .because(
                            "a hand-written fake states what the neighbour promises; a mock states what the test calls");
        }
    };

    abstract ArchRule below(String root);

    private static ArchRule only(String root, String reason, String library, Room room) {
        return outside(root, room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(reason);
    }

    private static String substrait(String root) {
        return SQL.in(root).replace("..", ".substrait..");
    }

    private static GivenClassesConjunction outside(String root, Room room) {
        return noClasses().that().resideOutsideOfPackage(room.in(root));
    }

    /** By the name of the outermost class: lambdas and nested classes belong to it. */
    private static DescribedPredicate<JavaClass> isNamed(String suffix) {
        return describe("are named *" + suffix, type -> {
            JavaClass outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return outermost.getSimpleName().endsWith(suffix);
        });
    }

    private static boolean isApplication(JavaClass type, String root) {
        return type.getName().equals(root + ".Skyport") || type.getName().equals(root + ".package-info");
    }
}
