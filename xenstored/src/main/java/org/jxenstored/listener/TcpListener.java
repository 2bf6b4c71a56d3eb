package org.jxenstored.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TCP port, with TLS 1.3 and client certificates unless it is for this machine only. */
final class TcpListener implements Listener {
    private static final int BACKLOG = 128;

    private final Channel channel;
    private final ListenAddress.Tcp address;

    private final Optional<Handshakes> tls;

    private TcpListener(Channel channel, ListenAddress.Tcp address, Optional<Handshakes> tls) {
        this.channel = channel;
        this.address = address;
        this.tls = tls;
    }

    static TcpListener open(EventLoopThread loop, ListenAddress.Tcp address, Accepted accepted, ConnectionLimit limit)
            throws ListenException {
        Optional<Handshakes> tls = address.tls().isPresent()
                ? Optional.of(new Handshakes(MutualTls.context(address.tls().get())))
                : Optional.empty();
        Admission admission = address.tls()
                .flatMap(TlsFiles::clients)
                .<Admission>map(TlsAdmission::new)
                .orElseGet(() -> TlsAdmission.everybodyAs(address.domid(), tls.isPresent()));
        Refusals refusals = new Refusals(address);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop.group())
                .channel(loop.tcpServer())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(new AcceptFailures())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        // Before anybody has shown a certificate there is nothing but the address.
                        String machine = machine(client);
                        if (!limit.enter(machine, client)) {
                            refusals.add(limit.refusal(machine));
                            var _ = client.close();
                            return;
                        }
                        tls.ifPresent(each -> client.pipeline().addLast(each.handler(client)));
                        client.pipeline().addLast(new HandOver(accepted, admission, refusals, limit, tls.isPresent()));
                    }
                })
                .bind(address.address())
                .awaitUninterruptibly();
        @Nullable Throwable failure = bound.cause();
        if (failure != null) {
            throw new ListenException(
                    "cannot listen on " + address + " (" + failure.getMessage() + "); choose another port or address",
                    failure);
        }
        InetSocketAddress real = (InetSocketAddress) bound.channel().localAddress();
        return new TcpListener(bound.channel(), new ListenAddress.Tcp(real, address.domid(), address.tls()), tls);
    }

    private static String machine(Channel client) {
        return client.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "an address that is gone";
    }

    @Override
    public ListenAddress address() {
        return address;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        tls.ifPresent(Handshakes::close);
    }
}
