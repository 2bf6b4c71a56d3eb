package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S-RUN-10: readiness for a service manager")
class ServiceManagerTest {
    @Test
    void withoutTheVariableThereIsNoServiceManager() {
        assertThat(new ServiceManager(Map.of()).isPresent()).isFalse();
    }

    @Test
    void aServiceManagerThatDoesNotListenStopsNobody() {
        ServiceManager nobody = new ServiceManager(Map.of("NOTIFY_SOCKET", "/nowhere/at/all"));

        assertThatCode(() -> nobody.ready(1)).doesNotThrowAnyException();
    }

    @Test
    void anAddressTooLongForASocketIsRefused() {
        assertThat(Libc.sendDatagram("/" + "x".repeat(107), new byte[1])).isFalse();
    }
}
