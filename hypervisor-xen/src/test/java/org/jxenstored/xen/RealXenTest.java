package org.jxenstored.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeLibraries;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;

/** The whole backend over a kernel and libraries that are called as the real ones are. */
final class RealXenTest {
    private static final int GUEST_PORT = 1;

    private final FakeMachine machine = new FakeMachine();
    private final FakeLibraries libraries = new FakeLibraries(machine).withXenCtrl("libxenctrl.so.4.17", 112);
    private FakeKernel kernel = new FakeKernel(machine);
    private final FakeDomain guest = machine.create(3, GUEST_PORT);
    private final List<Integer> fired = Collections.synchronizedList(new ArrayList<>());
    private RealXen xen;

    @BeforeEach
    void start() throws HypervisorException {
        xen = RealXen.open(kernel, libraries, XenOptions.USUAL);
    }

    @AfterEach
    void end() {
        xen.close();
    }

    /** A new process, after the first one is over. */
    private void startAgain() throws HypervisorException {
        kernel = new FakeKernel(machine);
        start();
    }

    @Test
    void allPartsWorkTogether() throws HypervisorException {
        assertThat(xen.domains().list()).extracting(DomainState::domid).containsExactly(0, 3);
        xen.eventChannels().listen(fired::add);
        OwnRing own = xen.rings().ownRing().orElseThrow();
        int kernels = xen.eventChannels().bindInterdomain(own.domid(), own.remotePort());
        xen.eventChannels().signal(kernels);
        assertThat(machine.signals).containsExactly("0:" + FakeKernel.STORE_PORT);
        MappedRing ring = xen.rings().map(3, guest.gfn);
        int guests = xen.eventChannels().bindInterdomain(3, GUEST_PORT);
        machine.tell(3);
        await().untilAsserted(() -> assertThat(fired)
                .containsExactlyInAnyOrder(kernels, guests, xen.eventChannels().bindDomainException()));
        xen.eventChannels().unbind(guests);
        ring.close();
        assertThat(kernel.mappedPages()).as("the kernel's own page").isEqualTo(1);
    }

    @Test
    @DisplayName("L-REF-2: at the end everything is unbound, unmapped and closed")
    void theEnd() throws HypervisorException {
        xen.eventChannels().listen(fired::add);
        assertThat(xen.rings().ownRing()).isPresent();
        RingPage page = xen.rings().map(3, guest.gfn).page();
        xen.eventChannels().bindInterdomain(3, GUEST_PORT);
        xen.close();
        assertThat(kernel.mappedPages()).isZero();
        assertThat(kernel.openFiles()).isZero();
        assertThat(libraries.open).isZero();
        assertThat(guest.waiting).containsExactly(GUEST_PORT);
        assertThatIllegalStateException().isThrownBy(page::features);
    }

    @Test
    @DisplayName("L-VIRQ-4: a second xenstored goes no further than the VIRQ")
    void aSecondXenstored() {
        FakeKernel others = new FakeKernel(machine);
        blocked(Obstacle.ALREADY_SERVED, () -> RealXen.open(others, libraries, XenOptions.USUAL), "another xenstored");
        assertThat(libraries.open).isEqualTo(1);
        assertThat(others.opened()).containsExactlyInAnyOrder("/sys/hypervisor/type", "/dev/xen/evtchn");
    }

    @Test
    @DisplayName("L-VIRQ-4: a start that fails later leaves the VIRQ to others")
    void aFailedStart() {
        xen.close();
        FakeLibraries none = new FakeLibraries(machine);
        blocked(Obstacle.MISSING_PART, () -> RealXen.open(kernel, none, XenOptions.USUAL), "libxenctrl.so.4.17");
        assertThat(kernel.openFiles()).isZero();
        assertThatCode(this::startAgain).doesNotThrowAnyException();
    }

    @Test
    void onAnotherMachineNoDeviceIsTouched() {
        xen.close();
        kernel = new FakeKernel(machine);
        kernel.text("/sys/hypervisor/type", "kvm");
        blocked(Obstacle.NO_HYPERVISOR, () -> RealXen.open(kernel, libraries, XenOptions.USUAL), "kvm");
        assertThat(kernel.opened()).containsExactly("/sys/hypervisor/type");
    }

    @Test
    @DisplayName("S-RING-7: after a restart the same port is bound and the same page mapped, its indexes are kept")
    void aRestartUnderALiveGuest() throws HypervisorException {
        serveOneOf("first second");
        xen.close();
        assertThat(serveRestAfterRestart()).isEqualTo("second");
    }

    @Test
    @DisplayName("S-RING-7: the same after the process died without closing anything")
    void aRestartAfterACrash() throws HypervisorException {
        serveOneOf("first second");
        kernel.kill();
        assertThat(serveRestAfterRestart()).isEqualTo("second");
    }

    /** The guest asks twice; the first question is read and answered. */
    private void serveOneOf(String requests) throws HypervisorException {
        MappedRing ring = xen.rings().map(3, guest.gfn);
        xen.eventChannels().bindInterdomain(3, GUEST_PORT);
        guest.page().requests().write(bytes(requests), 0, requests.length());
        byte[] first = new byte[6];
        assertThat(ring.page().requests().read(first, 0, 6)).isEqualTo(6);
        assertThat(ring.page().responses().write(bytes("answer"), 0, 6)).isEqualTo(6);
    }

    /** What is in the ring for the next process; the guest has its answer and is heard on the same port. */
    private String serveRestAfterRestart() throws HypervisorException {
        startAgain();
        xen.eventChannels().listen(fired::add);
        MappedRing ring = xen.rings().map(3, guest.gfn);
        int port = xen.eventChannels().bindInterdomain(3, GUEST_PORT);
        await().until(() -> fired.contains(port));
        xen.eventChannels().unmask(port);
        fired.clear();
        kernel.fire(3, GUEST_PORT);
        await().until(() -> fired.contains(port));
        byte[] answer = new byte[6];
        assertThat(guest.page().responses().read(answer, 0, 6)).isEqualTo(6);
        assertThat(answer).isEqualTo(bytes("answer"));
        byte[] rest = new byte[16];
        int count = ring.page().requests().read(rest, 0, rest.length);
        return new String(rest, 0, count, StandardCharsets.US_ASCII).strip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
