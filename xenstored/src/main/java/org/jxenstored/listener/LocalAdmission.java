package org.jxenstored.listener;

import com.sun.security.auth.module.UnixSystem;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Lets root, the daemon's own user and those whom an option names in through a Unix socket, and nobody else.
 *
 * <p>The kernel says who is at the other end (SO_PEERCRED): the user that the client had when it connected. So it does
 * not matter who can reach the file.
 */
final class LocalAdmission implements Admission {
    private static final int ROOT = 0;

    private final ListenAddress.Unix address;
    private final Set<Integer> uids;

    /** Those of them who may have any number of connections: root and the daemon's own user. */
    private final Set<Integer> trusted;

    /** The same users as the JDK knows them, which keeps their numbers to itself. */
    private final Set<UserPrincipal> principals;

    private final Set<UserPrincipal> trustedPrincipals;

    private LocalAdmission(
            ListenAddress.Unix address,
            Set<Integer> uids,
            Set<Integer> trusted,
            Set<UserPrincipal> principals,
            Set<UserPrincipal> trustedPrincipals) {
        this.trustedPrincipals = trustedPrincipals;
        this.trusted = trusted;
        this.address = address;
        this.uids = uids;
        this.principals = principals;
    }

    static LocalAdmission of(ListenAddress.Unix address, boolean epoll) throws ListenException {
        Set<Integer> uids = new TreeSet<>(Integer::compareUnsigned);
        uids.addAll(address.users().uids());
        Set<Integer> trusted = Set.copyOf(List.of(ROOT, (int) new UnixSystem().getUid()));
        uids.addAll(trusted);
        return new LocalAdmission(
                address,
                uids,
                trusted,
                epoll ? Set.of() : principals(address, uids),
                epoll ? Set.of() : principals(address, trusted));
    }

    private static Set<UserPrincipal> principals(ListenAddress.Unix address, Set<Integer> uids) throws ListenException {
        UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
        Set<UserPrincipal> principals = new HashSet<>();
        for (int uid : uids) {
            try {
                principals.add(users.lookupPrincipalByName(Integer.toUnsignedString(uid)));
            } catch (IOException e) {
                throw new ListenException(
                        "cannot listen on " + address + ": this system does not know user "
                                + Integer.toUnsignedString(uid),
                        e);
            }
        }
        return principals;
    }

    @Override
    public Verdict judge(Channel client) {
        try {
            return switch (client) {
                case EpollDomainSocketChannel socket -> judge(socket.peerCredentials());
                case NioDomainSocketChannel socket ->
                    judge(socket.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED)));
                default -> unknown("a channel of another kind");
            };
        } catch (IOException | ChannelException e) {
            return unknown(String.valueOf(e.getMessage()));
        }
    }

    private Verdict judge(PeerCredentials peer) {
        String uid = Integer.toUnsignedString(peer.uid());
        return uids.contains(peer.uid())
                ? new Verdict.Admitted(
                        address.domid(), trusted.contains(peer.uid()) ? ConnectionLimit.TRUSTED : "uid " + uid)
                : refused("uid " + uid + " (process " + peer.pid() + ")", uid);
    }

    private Verdict judge(@Nullable UnixDomainPrincipal peer) {
        if (peer == null) {
            return unknown("this system has no SO_PEERCRED");
        }
        String name = peer.user().getName();
        return principals.contains(peer.user())
                ? new Verdict.Admitted(
                        address.domid(),
                        trustedPrincipals.contains(peer.user()) ? ConnectionLimit.TRUSTED : "user " + name)
                : refused("user " + name, name);
    }

    private Verdict refused(String who, String user) {
        String welcome = uids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(", "));
        return new Verdict.Refused(who + " is not among the uids that may connect (" + welcome + "); "
                + address.users().option() + user + " would let it in");
    }

    private static Verdict unknown(String why) {
        return new Verdict.Refused("the kernel does not tell who it is (" + why + ")");
    }
}
