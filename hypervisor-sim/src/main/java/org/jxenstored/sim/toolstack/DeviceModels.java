package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.Optional;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.devicemodel.DeviceModel;

/** Device models: starts them in dom0, and waits for those that were started. */
final class DeviceModels {
    /** How long libxl waits for a device model. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Means means;

    DeviceModels(Means means) {
        this.means = means;
    }

    /** A process in dom0; it is not waited for. */
    RunningDeviceModel startInDom0(Guest guest) {
        DeviceModel process = DeviceModel.inDom0(means.host(), means.store(), guest.domain());
        String directory = directory(Domid.DOM0, guest);
        means.store().mkdir(directory);
        process.start();
        return () -> {
            process.kill();
            means.inTransaction(transaction -> {
                if (transaction.exists(directory)) {
                    transaction.remove(directory);
                }
            });
        };
    }

    /** Waits until the device model in this domain serves the guest. */
    void await(Guest guest, int deviceModelDomid) throws ToolstackException {
        String state = directory(deviceModelDomid, guest) + "/state";
        try (Patience patience = means.patience(PATIENCE)) {
            patience.watch(state);
            if (!patience.until(
                    () -> means.store().readIfPresent(state).equals(Optional.of(Value.of(DeviceModel.RUNNING))))) {
                throw new ToolstackException(
                        Errno.EIO,
                        "the device model of " + guest + " in domain " + deviceModelDomid + " did not start within "
                                + PATIENCE.toSeconds() + " s: the log may say why");
            }
        }
    }

    private static String directory(int deviceModelDomid, Guest guest) {
        return NodePath.homeOf(deviceModelDomid) + "/device-model/"
                + guest.domain().domid();
    }
}
