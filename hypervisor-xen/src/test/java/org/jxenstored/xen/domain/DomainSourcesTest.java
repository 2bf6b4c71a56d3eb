package org.jxenstored.xen.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.fake.FakeLibraries;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.foreign.SystemCalls;

final class DomainSourcesTest {
    private static final String LIBXENCTRL = "libxenctrl.so.4.17";

    private final FakeMachine machine = new FakeMachine();
    private final FakeLibraries libraries = new FakeLibraries(machine);
    private Optional<XenVersion> version = Optional.of(new XenVersion(4, 17));

    private XenDomains open(DomainSource source) throws HypervisorException {
        return new DomainSources(libraries, () -> version, "amd64").open(source);
    }

    private void openAuto() throws HypervisorException {
        open(DomainSource.AUTO);
    }

    @Test
    void libxenmanageIsPreferredAndNothingElseIsLoadedThen() throws HypervisorException {
        libraries.withXenManage().withXenCtrl(LIBXENCTRL, 112);
        assertThat(open(DomainSource.AUTO).recordsChanges()).isTrue();
        assertThat(libraries.asked).containsExactly("libxenmanage.so.1");
    }

    @Test
    void aLibxenmanageThatThisXenDoesNotUnderstandIsLeftAlone() throws HypervisorException {
        FakeLibraries ctrl = new FakeLibraries(machine).withXenCtrl(LIBXENCTRL, 112);
        FakeLibraries manage = new FakeLibraries(machine).withXenManage();
        manage.refusal = SystemCalls.EACCES;
        XenDomains domains = new DomainSources(manage.elseIn(ctrl), () -> version, "amd64").open(DomainSource.AUTO);
        assertThat(domains.recordsChanges()).isFalse();
        assertThat(manage.open).as("interfaces left open").isZero();
    }

    @Test
    void aChosenLibraryIsTheOnlyOne() throws HypervisorException {
        libraries.withXenManage().withXenCtrl(LIBXENCTRL, 112);
        assertThat(open(DomainSource.LIBXENCTRL).recordsChanges()).isFalse();
        assertThat(open(DomainSource.LIBXENMANAGE).recordsChanges()).isTrue();
        libraries.refusal = SystemCalls.EACCES;
        blocked(Obstacle.NO_RIGHTS, () -> open(DomainSource.LIBXENMANAGE), "which domains change");
        libraries.refusal = SystemCalls.ENOSYS;
        blocked(Obstacle.UNKNOWN_VERSION, () -> open(DomainSource.LIBXENMANAGE), "libxenmanage.so.1", "ENOSYS");
        blocked(
                Obstacle.MISSING_PART,
                () -> new DomainSources(new FakeLibraries(machine), () -> version, "amd64")
                        .open(DomainSource.LIBXENMANAGE),
                "libxenmanage.so.1 cannot be loaded (libxenmanage.so.1: of all that it needs something is missing)");
    }

    @Test
    void aLibraryThatCannotBeLoadedIsNamedWithItsPackageAndTheReason() {
        blocked(
                Obstacle.MISSING_PART,
                this::openAuto,
                LIBXENCTRL + " cannot be loaded (" + LIBXENCTRL + ": of all that it needs something is missing)",
                "install libxenmisc4.17");
    }

    @Test
    void anUnknownVersionSaysWhyLibxenmanageIsNotUsedEither() {
        version = Optional.of(new XenVersion(4, 21));
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "libxenmanage.so.1: of all that it needs");
        blocked(Obstacle.UNKNOWN_VERSION, () -> open(DomainSource.LIBXENCTRL), "domains=libxenctrl was chosen");
        libraries.withXenManage().refusal = SystemCalls.ENOSYS;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "this Xen does not understand libxenmanage.so.1: ENOSYS");
        version = Optional.empty();
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "this Xen does not understand libxenmanage.so.1: ENOSYS");
    }

    @Test
    void aLibraryThatXenDoesNotAcceptIsOfAnotherVersion() {
        libraries.withXenCtrl(LIBXENCTRL, 112).refusal = SystemCalls.EACCES;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, LIBXENCTRL, "EACCES", "security policy");
        assertThat(libraries.open).isZero();
    }

    @Test
    void aLibraryThatFailsToOpenWithoutAReasonIsNotUsed() {
        libraries.withXenCtrl(LIBXENCTRL, 112).openRefusal = FakeLibraries.NO_REASON;
        blocked(Obstacle.OTHER, this::openAuto, LIBXENCTRL, "EIO");
    }

    @Test
    void aLibraryOfAnotherVersionThanTheXenThatRunsIsNotUsed() {
        libraries.withXenCtrl("libxenctrl.so.4.19", 112);
        blocked(Obstacle.MISSING_PART, this::openAuto, LIBXENCTRL);
    }

    @ParameterizedTest
    @CsvSource({"4, 13", "4, 21", "5, 0"})
    void anUnknownVersionIsRefusedWithTheKnownOnes(int major, int minor) {
        version = Optional.of(new XenVersion(major, minor));
        libraries.withXenCtrl("libxenctrl.so." + major + "." + minor, 112);
        blocked(
                Obstacle.UNKNOWN_VERSION,
                this::openAuto,
                "Xen " + major + "." + minor,
                "libxenmanage.so.1",
                "4.14, 4.15, 4.16, 4.17, 4.18, 4.19, 4.20");
    }

    @Test
    void aVersionThatNobodyTellsIsRefusedWithTheKnownOnes() {
        version = Optional.empty();
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "cannot be told", "4.17");
    }

    @ParameterizedTest
    @CsvSource({"14, 104, 112", "15, 104, 112", "16, 112, 120", "17, 112, 120", "20, 112, 120"})
    void everyVersionHasItsRecordOnEachArchitecture(int minor, int amd64, int aarch64) throws HypervisorException {
        version = Optional.of(new XenVersion(4, minor));
        String name = "libxenctrl.so.4." + minor;
        machine.create(3, 1);
        FakeLibraries onAmd64 = new FakeLibraries(machine).withXenCtrl(name, amd64);
        FakeLibraries onAarch64 = new FakeLibraries(machine).withXenCtrl(name, aarch64);
        assertThat(new DomainSources(onAmd64, () -> version, "amd64")
                        .open(DomainSource.AUTO)
                        .list())
                .hasSize(2);
        assertThat(new DomainSources(onAarch64, () -> version, "aarch64")
                        .open(DomainSource.AUTO)
                        .list())
                .hasSize(2);
        blocked(
                Obstacle.UNKNOWN_VERSION,
                () -> new DomainSources(onAarch64, () -> version, "amd64").open(DomainSource.AUTO),
                name,
                "bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 104, 120, 128, 224})
    void recordsOfAnotherLengthAreRefused(int size) {
        libraries.withXenCtrl(LIBXENCTRL, size);
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, LIBXENCTRL + " writes " + size, "112");
        machine.create(3, 1);
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, LIBXENCTRL);
        assertThat(libraries.open).as("interfaces left open").isZero();
    }

    @Test
    void recordsThatMakeNoSenseAreRefused() {
        libraries.withXenCtrl(LIBXENCTRL, 112);
        machine.dom0.pages = 0;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "not known", "pages=0");
        machine.dom0.pages = 1;
        machine.dom0.flags = 1 << 12;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "flags=4096");
        machine.dom0.flags = 0x1FF_0000;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "flags=");
        machine.dom0.flags = 0x20;
        machine.dom0.onlineVcpus = 2;
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "onlineVcpus=2");
        machine.free(0);
        blocked(Obstacle.UNKNOWN_VERSION, this::openAuto, "0 domains");
    }

    @Test
    void aDomainThatMayNotAskIsToldWhereXenstoredRuns() {
        libraries.withXenCtrl(LIBXENCTRL, 112).refusal = SystemCalls.EPERM;
        blocked(Obstacle.NO_RIGHTS, this::openAuto, "EPERM", "control domain");
        assertThat(libraries.open).isZero();
    }

    @Test
    void aLibraryThatDoesNotOpenSaysWhy() {
        libraries.withXenCtrl(LIBXENCTRL, 112).withXenManage();
        libraries.openRefusal = SystemCalls.EACCES;
        blocked(Obstacle.NO_RIGHTS, this::openAuto, LIBXENCTRL, "run as root");
        libraries.openRefusal = SystemCalls.ENOENT;
        blocked(Obstacle.MISSING_PART, this::openAuto, "modprobe xen-privcmd");
        libraries.openRefusal = 12;
        blocked(Obstacle.OTHER, this::openAuto, "ENOMEM");
        blocked(Obstacle.OTHER, () -> open(DomainSource.LIBXENMANAGE), "libxenmanage.so.1", "ENOMEM");
    }

    @Test
    void aLibraryWithoutTheFunctionsIsAnotherOne() {
        libraries.withEmpty(LIBXENCTRL).withEmpty("libxenmanage.so.1");
        blocked(Obstacle.MISSING_PART, this::openAuto, LIBXENCTRL + " has no ");
        blocked(Obstacle.MISSING_PART, () -> open(DomainSource.LIBXENMANAGE), "libxenmanage.so.1 has no ");
    }
}
