package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Feature;
import org.jxenstored.store.Subject;

/** A domid that means one domain and then another, in all the ways this can go unnoticed. */
final class DomainReuseTest extends DomainLifeWorld {
    @Test
    @DisplayName("12.12, L-RACE-1, L-RACE-2: two successors came and went before anybody looked: one end is told")
    void twoSuccessorsBetweenTwoLooks() {
        Guest first = guest(3);
        news();
        hypervisor.create(3);
        hypervisor.shutDown(3);
        hypervisor.create(3);
        engine.scan();
        assertThat(news()).containsExactly(PLAIN, released(3));
        assertThat(first.deeds).endsWith("close");
        engine.scanAll();
        assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("L-SCAN-2, L-SCAN-5, L-T-10: who was known by an entry only and is replaced goes silently")
    void aSuccessorOfOneThatWasNotIntroduced() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        dom0.ok("SET_FEATURE", "3", "1");
        dom0.ok("SET_QUOTA", "3", "nodes", "7");
        hypervisor.create(3);
        engine.scan();
        assertThat(news()).isEmpty();
        assertThat(dom0.ask("GET_PERMS", "/shared")).isEqualTo("n0");
        assertThat(engine.domains().get(3)).isNull();
    }

    @Test
    @DisplayName("L-RACE-5: what is asked about a number is answered for the domain that has it now")
    void questionsAreAboutTheDomainOfNow() {
        hypervisor.create(3);
        dom0.ok("SET_FEATURE", "3", "1");
        dom0.ok("SET_QUOTA", "3", "nodes", "7");
        introduce(3);
        hypervisor.create(3);
        assertThat(dom0.ask("GET_FEATURE", "3")).isEqualTo(Integer.toString(Feature.ALL));
        guest(4);
        dom0.ok("SET_QUOTA", "4", "nodes", "7");
        hypervisor.create(4);
        assertThat(dom0.ask("GET_QUOTA", "4", "nodes")).isEqualTo("1000");
        guest(5);
        hypervisor.create(5);
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "5")).isEqualTo("F");
    }

    @Test
    @DisplayName("L-FREE-1, S-PERM-7: a number that is between two domains is nobody's, and a record of it is not made")
    void aNumberBetweenTwoDomains() {
        guest(3);
        hypervisor.free(3);
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        assertThat(dom0.ask("SET_FEATURE", "3", "0")).isEqualTo("ENOENT");
        assertThat(dom0.ask("SET_QUOTA", "3", "nodes", "1")).isEqualTo("ENOENT");
        assertThat(engine.domains().get(3)).isNull();
        hypervisor.create(3);
        Guest young = introduce(3);
        assertThat(young.ask("READ", "/shared")).isEqualTo("EACCES");
        assertThat(young.ask("GET_FEATURE")).isEqualTo(Integer.toString(Feature.ALL));
    }

    @Test
    @DisplayName(
            "L-RACE-3, L-SCAN-1: a domain that is replaced while SET_PERMS names it gives nothing to its successor")
    void replacedWhileItIsNamed() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/shared", "1");
        hypervisor.afterNextFind(() -> hypervisor.create(3));
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        assertThat(introduce(3).ask("READ", "/shared")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("L-RACE-5: a domain that is replaced while INTRODUCE maps its page is introduced as what it is")
    void replacedWhileItIsIntroduced() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        hypervisor.afterNextFind(() -> hypervisor.create(3));
        Guest young = introduce(3);
        assertThat(young.ask("READ", "/shared")).isEqualTo("EACCES");
        engine.scan();
        assertThat(news()).as("the successor lives").containsExactly("@introduceDomain in", "@introduceDomain/3 domid");
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("T");
    }

    @Test
    @DisplayName("P-INTRO-4: a domain that dies while its page is mapped is not introduced and does not stay mapped")
    void deadWhileItIsIntroduced() {
        hypervisor.create(3);
        hypervisor.afterNextFind(() -> hypervisor.setLife(3, Life.DEAD));
        dom0.ok("WRITE", "/x", "");
        dom0.ok("SET_PERMS", "/x", "n0", "r3");
        assertThat(dom0.ask("INTRODUCE", "3", "1", "5")).isEqualTo("EINVAL");
        assertThat(attachedTo(3).deeds).containsExactly("close");
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "3")).isEqualTo("F");
    }

    @Test
    @DisplayName("P-INTRO-4: a hypervisor that does not answer during INTRODUCE leaves no page mapped")
    void noAnswerWhileItIsIntroduced() {
        hypervisor.create(3);
        whenAttaching(() -> hypervisor.stopAnswering(3));
        assertThat(dom0.ask("INTRODUCE", "3", "1", "5")).isEqualTo("EIO");
        assertThat(takeDefects()).hasSize(1);
        assertThat(attachedTo(3).deeds).containsExactly("close");
        hypervisor.answerAgain();
        assertThat(engine.domains().get(3)).isNull();
    }

    @Test
    @DisplayName(
            "L-RACE-3: what a listener's identity had from an earlier domain is not for the one that is introduced")
    void anIdentityOfAnEarlierDomain() {
        hypervisor.create(7);
        Client seven = socket();
        engine.disconnect(seven.connection());
        seven.connection = engine.connectAs(7, seven);
        dom0.ok("WRITE", "/shared", "1");
        dom0.ok("SET_PERMS", "/shared", "n0", "r7");
        assertThat(seven.ask("READ", "/shared")).isEqualTo("1");
        hypervisor.create(7);
        Guest young = introduce(7);
        assertThat(seven.cutOff).contains("domain 7 is gone");
        assertThat(young.ask("READ", "/shared")).isEqualTo("EACCES");
        engine.scan();
        assertThat(dom0.ask("IS_DOMAIN_INTRODUCED", "7")).isEqualTo("T");
    }

    @Test
    @DisplayName("L-T-9, S-PERM-7: rights that a transaction gave to a domain, or to nobody, are not for its successor")
    void rightsGivenInATransaction() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/shared", "1");
        for (boolean existed : List.of(true, false)) {
            if (!existed) {
                hypervisor.free(3);
                engine.scan();
            }
            dom0.begin();
            dom0.ok("SET_PERMS", "/shared", "n0", "r3");
            hypervisor.create(3);
            engine.scan();
            Guest young = introduce(3);
            assertThat(dom0.end("T")).as("existed: %s", existed).isEqualTo("EAGAIN");
            assertThat(young.ask("READ", "/shared")).isEqualTo("EACCES");
        }
    }

    @Test
    @DisplayName("S-PERM-6: rights that a transaction gave to a domain that is gone now are nobody's")
    void rightsGivenInATransactionToOneThatIsGone() {
        hypervisor.create(3);
        dom0.ok("WRITE", "/shared", "1");
        dom0.begin();
        dom0.ok("SET_PERMS", "/shared", "n0", "r3");
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.end("T")).isEqualTo("OK");
        hypervisor.create(3);
        assertThat(introduce(3).ask("READ", "/shared")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("S-DEATH-10, L-T-13, 12.9: a stub domain has nothing of the successor of its target, seen or not")
    void aTargetIsReplaced() {
        Guest stub = guest(1);
        guest(5);
        dom0.ok("SET_TARGET", "1", "5");
        hypervisor.create(5);
        dom0.ok("WRITE", "/new", "1");
        dom0.ok("SET_PERMS", "/new", "n5");
        assertThat(stub.ask("READ", "/new")).isEqualTo("EACCES");
        assertThat(Objects.requireNonNull(engine.domains().get(1)).target()).isEqualTo(Subject.NO_TARGET);
    }

    @Test
    @DisplayName(
            "L-RACE-5, S-TX-15: a toolstack's creation transaction goes through though it is what brings the old end to light")
    void aCreationTransactionOfASuccessor() {
        guest(5);
        dom0.ok("WRITE", "/local/domain/5/old", "1");
        news();
        hypervisor.create(5);
        dom0.begin();
        dom0.ok("RM", "/local/domain/5");
        dom0.ok("MKDIR", "/local/domain/5");
        dom0.ok("SET_PERMS", "/local/domain/5", "n0", "r5");
        dom0.ok("MKDIR", "/local/domain/5/data");
        dom0.ok("SET_PERMS", "/local/domain/5/data", "n5");
        assertThat(news()).containsExactly(PLAIN, released(5));
        assertThat(dom0.end("T")).isEqualTo("OK");
        Guest young = introduce(5);
        young.ok("WRITE", "data/mine", "1");
        assertThat(young.ask("DIRECTORY", "/local/domain/5")).isEqualTo("data");
    }
}
