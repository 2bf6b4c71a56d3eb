package org.jxenstored.sim.xenbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from paths and values that others wrote. */
final class DeviceNamesTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("every state is found by its number")
    void states(XenbusState state) {
        assertThat(XenbusState.of(state.text())).contains(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "9", "-1", " 4", "4 ", "four", "99999999999999999999"})
    @DisplayName("anything else is no state")
    void noStates(String text) {
        assertThat(XenbusState.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INIT_WAIT, 2, 2 (InitWait)", "CONNECTED, 4, 4 (Connected)", "CLOSED, 6, 6 (Closed)"})
    @DisplayName("people read states as numbers and words")
    void words(XenbusState state, int code, String words) {
        assertThat(state.code()).isEqualTo(code);
        assertThat(state).hasToString(words);
    }

    @Test
    @DisplayName("a device's directories are where libxl puts them")
    void paths() {
        DeviceId disk = new DeviceId(DeviceType.VBD, 51712);
        assertThat(List.of(DevicePath.frontend(7, disk), DevicePath.backend(3, 7, disk), DevicePath.toolstack(7, disk)))
                .containsExactly(
                        "/local/domain/7/device/vbd/51712",
                        "/local/domain/3/backend/vbd/7/51712",
                        "/libxl/7/device/vbd/51712");
    }

    @ParameterizedTest
    @CsvSource({"vif, 7, 0", "vbd, 32751, 51712"})
    @DisplayName("a backend's path names the type, the guest and the device")
    void backends(String type, String guest, String number) {
        BackendId id = BackendId.of(type, guest, number).orElseThrow();
        assertThat(id.directory()).isEqualTo("backend/" + type + "/" + guest + "/" + number);
    }

    @ParameterizedTest
    @CsvSource({"vkbd, 7, 0", "vif, x, 0", "vif, 65536, 0", "vif, 7, -1", "vif, 7, 99999999999", "VIF, 7, 0"})
    @DisplayName("what the drivers do not know is not theirs")
    void strangers(String type, String guest, String number) {
        assertThat(BackendId.of(type, guest, number)).isEmpty();
    }
}
