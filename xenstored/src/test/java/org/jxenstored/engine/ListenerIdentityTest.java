package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.Feature;

/** Connections of a listener with an identity: they act as a domain, which may exist, come and go. */
final class ListenerIdentityTest extends EngineWorld {

    private Client actingAs(int domid) {
        Client client = new Client("identity " + domid);
        client.connection = engine.connectAs(domid, client);
        return client;
    }

    @Test
    @DisplayName("P-CALL-1: it has the rights of the domain, whether that exists in the hypervisor or not")
    void itHasTheRightsOfItsDomain() {
        Client seven = actingAs(7);
        dom0.ok("WRITE", "/local/domain/7", "");
        dom0.ok("SET_PERMS", "/local/domain/7", "n7");
        seven.ok("WRITE", "data", "1");
        assertThat(dom0.ask("READ", "/local/domain/7/data")).isEqualTo("1");
        assertThat(seven.ask("READ", "/tool")).isEqualTo("EACCES");
        assertThat(seven.ask("INTRODUCE", "8", "1", "5")).isEqualTo("EACCES");
        assertThat(seven.ask("GET_FEATURE")).isEqualTo(Integer.toString(Feature.ALL));
    }

    @Test
    @DisplayName("S-DEATH-1, L-RACE-3: when the domain dies its connections are cut off, and serve no successor")
    void itEndsWithItsDomain() {
        guest(7);
        Client seven = actingAs(7);
        seven.ok("WATCH", "data", "t");
        hypervisor.free(7);
        engine.scan();
        assertThat(seven.cutOff).contains("domain 7 is gone");
        assertThat(seven.connection().isClosed()).isTrue();
        Guest successor = guest(7);
        successor.ok("WRITE", "data", "new");
        seven.send("WRITE", "data", "old");
        assertThat(dom0.ask("READ", "/local/domain/7/data")).isEqualTo("new");
    }

    @Test
    @DisplayName("L-SCAN-8, L-RACE-5: a domain that was an identity first dies like any other once it is introduced")
    void anIdentityThatIsIntroducedIsScanned() {
        Client seven = actingAs(7);
        Guest guest = guest(7);
        hypervisor.free(7);
        hypervisor.create(7);
        introduce(7);
        assertThat(guest.deeds).contains("close");
        assertThat(seven.connection().isClosed()).isTrue();
        assertThat(dom0.ask("READ", "/local/domain/7")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("S-QUOTA-3: all its connections share one set of quotas")
    void itsConnectionsShareTheQuotas() {
        Client one = actingAs(7);
        Client other = actingAs(7);
        dom0.ok("SET_QUOTA", "7", QuotaName.WATCHES.wireName(), "2");
        one.ok("WATCH", "a", "t");
        other.ok("WATCH", "a", "t");
        assertThat(one.ask("WATCH", "b", "t")).isEqualTo("ENOSPC");
    }
}
