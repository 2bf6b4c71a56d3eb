package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Domid;

/** Who keeps a domain after its destruction: the table of lifecycle.md 10, row by row. */
final class ReferenceTest {
    private static final int GUEST = 7;
    private static final int OTHER = 8;

    private final SimHost host = new SimHost(1, Runnable::run);
    private SimDomain guest = host.dom0();
    private SimDomain other = host.dom0();

    @BeforeEach
    void start() throws Exception {
        guest = create(GUEST, DomainType.HVM);
        other = create(OTHER, DomainType.PV);
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private SimDomain create(int domid, DomainType type) throws Exception {
        SimDomain domain = host.createDomain(DomainConfig.SMALL.withDomid(domid).withType(type));
        domain.prepareStore(Domid.DOM0);
        domain.unpause();
        return domain;
    }

    private void keptBy(String... words) {
        assertThat(host.find(guest.domid())).contains(guest);
        assertThat(guest.references()).map(Reference::toString).containsExactly(words);
    }

    private void gone() {
        assertThat(host.find(GUEST)).isEmpty();
        assertThat(guest.references()).isEmpty();
    }

    @Test
    @DisplayName("lifecycle.md 2: a domain that lives is kept by its toolstack and its pages")
    void aLivingDomain() throws Exception {
        keptBy("toolstack", "pages");
        guest.destroy();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: a backend that mapped a grant keeps the domain, with that one page")
    void aGrantMap() throws Exception {
        Mapping map = other.mapGrant(GUEST, guest.grantPage(OTHER));
        guest.destroy();
        keptBy("pages", "grant mapped by domain 8");
        assertThat(guest.pages()).isEqualTo(1);
        map.close();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 12.7: the death of the backend's domain lets the zombie go")
    void theDeathOfTheBackend() throws Exception {
        Mapping map = other.mapGrant(GUEST, guest.grantPage(OTHER));
        guest.destroy();
        other.beginDestroy();
        keptBy("pages", "grant mapped by domain 8");
        other.destroy();
        gone();
        map.close();
    }

    @Test
    @DisplayName("L-REF-2: xenstored's map of the ring is a reference like any other")
    void theRing() throws Exception {
        Mapping ring = host.dom0().mapGrant(GUEST, RingMapper.GRANT_XENSTORE);
        guest.destroy();
        keptBy("pages", "grant mapped by domain 0");
        ring.close();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: a foreign map keeps the domain until it is unmapped")
    void aForeignMap() throws Exception {
        Mapping map = host.dom0().mapForeign(GUEST, 9);
        guest.destroy();
        keptBy("pages", "frame mapped by domain 0");
        map.close();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: a device model keeps the domain by its IOREQ page")
    void ioreqPages() throws Exception {
        Mapping map = host.dom0().mapIoreqPages(GUEST);
        assertThat(host.dom0().references()).contains(new Reference(Reference.Kind.EMULATOR, GUEST));
        guest.destroy();
        assertThat(host.dom0().references()).doesNotContain(new Reference(Reference.Kind.EMULATOR, GUEST));
        keptBy("pages", "IOREQ page mapped by domain 0");
        map.close();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: the domain of a device model is kept until its target is destroyed")
    void theEmulatingDomain() throws Exception {
        SimDomain target = other;
        other = guest;
        SimDomain hvm = create(9, DomainType.HVM);
        guest.setTarget(9);
        Mapping map = guest.mapIoreqPages(9);
        guest.destroy();
        keptBy("device model of domain 9");
        assertThat(map.reference()).isEqualTo(new Reference(Reference.Kind.IOREQ_MAP, GUEST));
        hvm.destroy();
        gone();
        assertThat(host.find(9)).isEmpty();
        assertThat(host.list()).containsExactly(host.dom0(), target);
    }

    @Test
    @DisplayName("lifecycle.md 10: a stub domain keeps its target until it is freed itself, grace period included")
    void theTarget() throws Exception {
        other.setTarget(GUEST);
        guest.destroy();
        keptBy("target of domain 8");
        assertThat(guest.pages()).isZero();
        host.gracePeriods().hold();
        other.destroy();
        assertThat(host.find(OTHER)).isEmpty();
        keptBy("target of domain 8");
        host.gracePeriods().release();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: the handler of VIRQ_DOM_EXC is kept by that until its own destruction")
    void theHandler() throws Exception {
        host.setDomainExceptionHandler(guest);
        host.setDomainExceptionHandler(guest);
        keptBy("toolstack", "pages", "handler of VIRQ_DOM_EXC");
        guest.destroy();
        gone();
    }

    @Test
    @DisplayName("lifecycle.md 10: another handler of VIRQ_DOM_EXC ends that reference")
    void anotherHandler() throws Exception {
        host.setDomainExceptionHandler(guest);
        host.setDomainExceptionHandler(other);
        keptBy("toolstack", "pages");
        assertThat(other.references()).contains(Reference.VIRQ_HANDLER);
        host.setDomainExceptionHandler(host.dom0());
        assertThat(other.references()).doesNotContain(Reference.VIRQ_HANDLER);
        assertThat(host.dom0().ports().bindDomainException()).isPositive();
    }

    @Test
    @DisplayName("lifecycle.md 10: bound event channels keep nobody")
    void eventChannelsAreNoReference() throws Exception {
        host.dom0().ports().bindInterdomain(GUEST, guest.storePort());
        int port = guest.ports().allocateUnbound(OTHER);
        other.ports().bindInterdomain(GUEST, port);
        guest.destroy();
        gone();
    }

    @Test
    @DisplayName("L-REF-1: a zombie stays until the last of several lets go")
    void theLastOfSeveral() throws Exception {
        Mapping one = other.mapGrant(GUEST, guest.grantPage(OTHER));
        Mapping two = host.dom0().mapForeign(GUEST, 0);
        other.setTarget(GUEST);
        guest.destroy();
        one.close();
        two.close();
        keptBy("target of domain 8");
        other.destroy();
        gone();
    }
}
