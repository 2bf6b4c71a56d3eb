package org.jxenstored;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The arrows between packages, and what keeps the core deterministic (docs/architecture.md). */
@AnalyzeClasses(packages = "org.jxenstored", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "org.jxenstored.store..",
        "org.jxenstored.transaction..",
        "org.jxenstored.watch..",
        "org.jxenstored.domain..",
        "org.jxenstored.operation..",
        "org.jxenstored.engine..",
        "org.jxenstored.control..",
    };

    @ArchTest
    static final ArchRule theCoreKnowsNothingOfTheOutside = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "org.slf4j..",
                    "ch.qos.logback..",
                    "picocli..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "org.jxenstored.server..",
                    "org.jxenstored.listener..",
                    "org.jxenstored.daemon..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theCoreHasNoClockNoThreadAndNoChance = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Instant.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ExecutorService.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule nettyStaysInTheShell = noClasses()
            .that()
            .resideOutsideOfPackages("org.jxenstored.server..", "org.jxenstored.listener..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule noBackendIsNamed = noClasses()
            .that(resideInAPackage("org.jxenstored..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(
                            resideInAPackage("org.jxenstored.hypervisor.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jxenstored.hypervisor.*..");

    @ArchTest
    static final ArchRule theDaemonPackageIsUsedByTheServerOnly = noClasses()
            .that()
            .resideOutsideOfPackages("org.jxenstored.daemon..", "org.jxenstored.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jxenstored.daemon..");
}
