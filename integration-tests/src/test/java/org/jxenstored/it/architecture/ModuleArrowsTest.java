package org.jxenstored.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may use which (docs/architecture.md, "The house"). */
@AnalyzeClasses(packages = "org.jxenstored", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {
    private static final String JDK = "java..";
    private static final String JSPECIFY = "org.jspecify..";
    private static final String PROTOCOL = "org.jxenstored.protocol..";
    private static final String HYPERVISOR_API = "org.jxenstored.hypervisor..";
    private static final String CLIENT = "org.jxenstored.client..";
    private static final String SIM = "org.jxenstored.sim..";
    private static final String XEN = "org.jxenstored.xen..";
    private static final String CLI = "org.jxenstored.cli..";
    private static final String TESTING = "org.jxenstored.testing..";

    @ArchTest
    static final ArchRule whatTestsShareIsInNoProgram = noClasses()
            .that()
            .resideOutsideOfPackage(TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTING);

    @ArchTest
    static final ArchRule theProtocolNeedsNothing = classes()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PROTOCOL, JDK, JSPECIFY);

    @ArchTest
    static final ArchRule thePlugNeedsTheProtocolOnly = classes()
            .that()
            .resideInAPackage(HYPERVISOR_API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(HYPERVISOR_API, PROTOCOL, JDK, JSPECIFY);

    @ArchTest
    static final ArchRule theClientLibraryIsOneSmallJar = classes()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CLIENT, PROTOCOL, JDK, "javax.net..", JSPECIFY);

    @ArchTest
    static final ArchRule theSimulatorIsAClientAndABackend = classes()
            .that()
            .resideInAPackage(SIM)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(SIM, HYPERVISOR_API, CLIENT, PROTOCOL, JDK, JSPECIFY);

    @ArchTest
    static final ArchRule realXenIsABackendAndNothingElse = classes()
            .that()
            .resideInAPackage(XEN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(XEN, HYPERVISOR_API, PROTOCOL, JDK, JSPECIFY);

    @ArchTest
    static final ArchRule theToolsAreClients = classes()
            .that()
            .resideInAPackage(CLI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CLI, CLIENT, PROTOCOL, "picocli..", JDK, JSPECIFY);

    @ArchTest
    static final ArchRule theDaemonNamesNoBackendAndNoClient = noClasses()
            .that()
            .resideOutsideOfPackages(PROTOCOL, HYPERVISOR_API, CLIENT, SIM, XEN, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SIM, XEN, CLIENT, CLI);
}
