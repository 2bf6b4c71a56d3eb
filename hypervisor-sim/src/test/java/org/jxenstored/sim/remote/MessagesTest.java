package org.jxenstored.sim.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Errno;

final class MessagesTest {
    static Stream<Call> calls() {
        return Stream.of(
                new Call.ListDomains(),
                new Call.FindDomain(32_751),
                new Call.TakeChanged(),
                new Call.BindDomainException(),
                new Call.BindInterdomain(7, 131_071),
                new Call.Signal(1),
                new Call.Unmask(2),
                new Call.Unbind(3),
                new Call.MapRing(4, -1L),
                new Call.MapOwnRing(),
                new Call.Unmap(5),
                new Call.Serving("/run/xenstored/s\u00f6cket"),
                new Call.Command(6, List.of("create", "", "web")));
    }

    static Stream<Told> told() {
        DomainState dom0 = new DomainState(
                0,
                -5L,
                Life.ALIVE,
                false,
                DomainState.NO_SHUTDOWN_CODE,
                Set.of(Capability.CONTROL, Capability.HARDWARE));
        DomainState dead = new DomainState(9, 1L, Life.DEAD, true, 3, Set.of(Capability.XENSTORE));
        return Stream.of(
                new Told.Hello(Told.VERSION, true, 4, "this boot"),
                new Told.Domains(List.of()),
                new Told.Domains(List.of(dom0, dead)),
                new Told.Changed(List.of(0, 9)),
                new Told.Port(17),
                new Told.Mapped(1, 2, 3, 1L << 40),
                new Told.NotThere(),
                new Told.Refused(Errno.EBUSY, "somebody else has it"),
                new Told.Pending(18),
                new Told.CommandDone(1, new Result.Text("web is domain 1")),
                new Told.CommandDone(2, new Result.Failed(Errno.ENOENT, "there is no 'web'")));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallIsUnderstoodAsItWasMeant(Call call) throws IOException {
        assertThat(Messages.take(Messages.of(call::write), Call::read)).contains(call);
    }

    @ParameterizedTest
    @MethodSource("told")
    void whatIsToldIsUnderstoodAsItWasMeant(Told told) throws IOException {
        assertThat(Messages.take(Messages.of(told::write), Told::read)).contains(told);
    }

    @Test
    void messagesThatComeByteByByteAreReadOneAfterTheOther() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(100_000);
        String longer = "x".repeat(5_000);
        List<Call> said = List.of(new Call.Signal(1), new Call.Serving(longer), new Call.TakeChanged());
        said.forEach(call -> all.put(Messages.of(call::write)));
        all.flip();

        List<Call> heard = new ArrayList<>();
        ByteBuffer come = ByteBuffer.allocate(8);
        while (all.hasRemaining()) {
            come.put(all.get()).flip();
            for (Optional<Call> call = Messages.take(come, Call::read);
                    call.isPresent();
                    call = Messages.take(come, Call::read)) {
                heard.add(call.get());
            }
            come = Messages.withRoom(come);
        }

        assertThat(heard).isEqualTo(said);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThatIOException().isThrownBy(() -> Messages.take(bytes(0, 0, 0, 1, 99), Call::read));
        assertThatIOException().isThrownBy(() -> Messages.take(bytes(0, 0, 0, 1, 99), Told::read));
        assertThatIOException().isThrownBy(() -> Messages.take(bytes(0, 0, 0, 2, 2, 0), Call::read));
        assertThatIOException().isThrownBy(() -> Messages.take(bytes(0x7f, 0, 0, 0, 1), Call::read));
        assertThatIOException().isThrownBy(() -> Messages.take(bytes(-1, 0, 0, 0, 1), Call::read));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
