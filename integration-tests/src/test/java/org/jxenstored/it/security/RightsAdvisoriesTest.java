package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.Transaction;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** Rights that a guest should not have. */
@OnEveryMachine
final class RightsAdvisoriesTest extends AdvisoryTest {
    RightsAdvisoriesTest(Machine machine) {
        super(machine);
    }

    private static Permission mayRead(HostileGuest guest) {
        return new Permission(Access.READ, guest.domid());
    }

    // Watches were told of every change below them, whoever may read it: so names of foreign nodes leaked, and guests
    // saw other domains come. Who is introduced could be asked by anybody.
    @Test
    @DisplayName(
            "XSA-115: no event shows a node its watcher cannot read, in a transaction or without; no introductions")
    void eventsOfUnreadableNodes() throws Exception {
        toolstack().write("/open", "x");
        toolstack().write("/secret/inner", "x");
        HostileGuest guest = hostile();
        toolstack().setPermissions("/open", DOM0S, mayRead(guest));
        for (String path : List.of("/", "/secret", "/secret/inner", "/secret/inner/deep", "@introduceDomain")) {
            assertThat(guest.ask(MessageType.WATCH, path, "t")).isEqualTo("OK");
        }
        assertThat(guest.ask(MessageType.WATCH, "@introduceDomain", "each", "1"))
                .isEqualTo("OK");
        assertThat(guest.events()).as("the first one of each").hasSize(6);
        toolstack().write("/secret/inner", "y");
        toolstack().write("/secret/inner/deep", "y");
        toolstack().setPermissions("/secret/inner", new Permission(Access.WRITE, 0));
        try (Transaction transaction = toolstack().transaction()) {
            transaction.write("/secret/inner", "z");
            transaction.write("/secret/made", "z");
            transaction.remove("/secret/inner/deep");
            transaction.commit();
        }
        toolstack().remove("/secret");
        // Readable, with a grandchild that is not, below a child that is not either.
        toolstack().write("/open/closed/deep", "y");
        toolstack().setPermissions("/open/closed", DOM0S);
        toolstack().setPermissions("/open/closed/deep", DOM0S);
        assertThat(guest.events())
                .as("what it may read")
                .isNotEmpty()
                .allMatch(event -> event.startsWith("/open/closed"));
        toolstack().write("/open/closed/deep", "z");
        toolstack().remove("/open/closed/deep");
        HostileGuest other = hostile();
        assertThat(guest.events()).isEmpty();
        assertThat(guest.ask(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(other.domid())))
                .isEqualTo("EACCES");
        toolstack().write("/open", "y");
        assertThat(guest.events()).containsExactly("/open t");
    }

    // The numbers of dead domains are given to new ones. Permission lists that still named the dead one served the
    // new one.
    @Test
    @DisplayName("XSA-322: a domain with a used number has nothing of the one that had it before")
    void aReusedDomid() throws Exception {
        HostileGuest friend = hostile();
        HostileGuest old = hostile();
        toolstack().write("/shared", "x");
        toolstack().setPermissions("/shared", DOM0S, mayRead(old));
        assertThat(friend.ask(MessageType.SET_PERMS, "data", "n" + friend.domid(), "b" + old.domid()))
                .isEqualTo("OK");
        assertThat(old.write("data/own", "x")).isEqualTo("OK");
        toolstack().write("/below", "x");
        toolstack().setPermissions("/below", new Permission(Access.NONE, old.domid()));
        assertThat(old.read("/shared")).isEqualTo("x");
        assertThat(old.write(home(friend, "data"), "x")).isEqualTo("OK");
        destroy(old);
        HostileGuest next = hostile(old.domid());
        assertThat(next.read("/shared")).isEqualTo("EACCES");
        assertThat(next.write(home(friend, "data"), "y")).isEqualTo("EACCES");
        assertThat(next.read(home(friend, "data"))).isEqualTo("EACCES");
        assertThat(next.read("/below")).isEqualTo("EACCES");
        assertThat(next.read("data/own")).isEqualTo("ENOENT");
        assertThat(counted(next, QuotaName.NODES)).as("its own data").isEqualTo(1);
    }

    // A right could be given to a number that nobody had yet. Whoever got the number later had it.
    @Test
    @DisplayName("XSA-417: a right for a domain that is not there yet is nobody's, in a transaction or without")
    void aRightForSomebodyToCome() throws Exception {
        HostileGuest guest = hostile();
        int transaction = guest.begin();
        assertThat(guest.write(transaction, "data/late", "x")).isEqualTo("OK");
        assertThat(guest.ask(transaction, MessageType.SET_PERMS, "data/late", "n" + guest.domid(), "r9"))
                .isEqualTo("OK");
        assertThat(guest.write("data/early", "x")).isEqualTo("OK");
        assertThat(guest.ask(MessageType.SET_PERMS, "data/early", "n" + guest.domid(), "r9"))
                .isEqualTo("OK");
        HostileGuest newcomer = hostile(9);
        assertThat(guest.write("data/early/child", "x")).isEqualTo("OK");
        assertThat(guest.commit(transaction)).isIn("OK", "EAGAIN");
        assertThat(newcomer.read(home(guest, "data/early"))).isEqualTo("EACCES");
        assertThat(newcomer.read(home(guest, "data/early/child"))).isEqualTo("EACCES");
        assertThat(newcomer.read(home(guest, "data/late"))).isEqualTo("EACCES");
        assertThat(guest.ask(MessageType.SET_PERMS, "data/early", "n" + guest.domid(), "r9"))
                .isEqualTo("OK");
        assertThat(newcomer.read(home(guest, "data/early"))).as("given again").isEqualTo("x");
    }

    // Who gives nodes away is rid of them in the books: a guest without a limit, and another one that is over it.
    @Test
    @DisplayName("XSA-352: a guest cannot give its nodes away, nor can its device model")
    void nodesAreNotGivenAway() throws Exception {
        HostileGuest other = hostile();
        HostileGuest guest = hostile();
        HostileGuest deviceModel = hostile();
        toolstack().setTarget(deviceModel.domid(), guest.domid());
        long others = counted(other, QuotaName.NODES);
        for (int owner : List.of(other.domid(), 0, deviceModel.domid())) {
            String list = "n" + owner;
            assertThat(guest.ask(MessageType.SET_PERMS, "data", list)).isEqualTo("EPERM");
            assertThat(deviceModel.ask(MessageType.SET_PERMS, home(guest, "data"), list))
                    .isEqualTo("EPERM");
            int transaction = guest.begin();
            assertThat(guest.ask(transaction, MessageType.SET_PERMS, "data", list))
                    .isEqualTo("EPERM");
            assertThat(guest.commit(transaction)).isEqualTo("OK");
        }
        assertThat(guest.ask(MessageType.SET_PERMS, "data", "b32757")).isEqualTo("EPERM");
        // What it makes below somebody else's node is its own.
        assertThat(other.ask(MessageType.SET_PERMS, "data", "n" + other.domid(), "b" + guest.domid()))
                .isEqualTo("OK");
        assertThat(guest.write(home(other, "data/of/another"), "x")).isEqualTo("OK");
        assertThat(counted(other, QuotaName.NODES)).isEqualTo(others);
        assertThat(counted(guest, QuotaName.NODES)).as("data, of, another").isEqualTo(3);
        assertThat(toolstack().getPermissions(home(guest, "data")))
                .first()
                .isEqualTo(new Permission(Access.NONE, guest.domid()));
    }

    // The root was a special case in the checks, and everybody could do everything with it.
    @Test
    @DisplayName("XSA-353: the root is protected like any node")
    void theRootIsANode() throws Exception {
        HostileGuest guest = hostile();
        int nodes = nodes();
        for (int transaction : List.of(0, guest.begin())) {
            for (MessageType type : List.of(
                    MessageType.READ,
                    MessageType.DIRECTORY,
                    MessageType.GET_PERMS,
                    MessageType.MKDIR,
                    MessageType.RM)) {
                assertThat(guest.ask(transaction, type, "/")).as("%s", type).isEqualTo("EACCES");
            }
            assertThat(guest.ask(transaction, MessageType.DIRECTORY_PART, "/", "0"))
                    .isEqualTo("EACCES");
            assertThat(guest.ask(transaction, MessageType.SET_PERMS, "/", "b" + guest.domid()))
                    .isEqualTo("EACCES");
            assertThat(guest.ask(transaction, MessageType.WRITE, Value.of("/\0mine")))
                    .isEqualTo("EACCES");
            assertThat(guest.ask(transaction, MessageType.MKDIR, "/mine")).isEqualTo("EACCES");
            assertThat(guest.ask(transaction, MessageType.RM, "/tool")).isEqualTo("EACCES");
        }
        assertThat(toolstack().getPermissions("/")).containsExactly(DOM0S);
        assertThat(nodes()).isEqualTo(nodes);
    }
}
