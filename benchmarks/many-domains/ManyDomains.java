import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.XenstoreClient;

/**
 * What one more simulated domain costs when many live: created, introduced, its two devices connected, destroyed.
 *
 * <p>Arguments: the daemon's socket, and numbers of domains in ascending order at which to measure. Everything is asked for
 * through the daemon's CONTROL interface, one request after the other.
 */
final class ManyDomains {
    private static final int WARM_UP = 30;
    private static final int MEASURED = 100;
    private static final String CONNECTED = "4";

    private final XenstoreClient store;
    private int created;

    private ManyDomains(XenstoreClient store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (XenstoreClient store = XenstoreClient.connect(new Endpoint.UnixSocket(Path.of(arguments[0])))) {
            ManyDomains domains = new ManyDomains(store);
            for (int i = 1; i < arguments.length; i++) {
                domains.measureAt(Integer.parseInt(arguments[i]));
            }
        }
    }

    private void measureAt(int live) throws InterruptedException {
        long start = System.nanoTime();
        int first = created;
        int last = 0;
        for (; created < live; created++) {
            last = create("live" + created);
        }
        awaitDevices(last);
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(Locale.ROOT, "%6d live domains: %.1f s for the last %d%n", live, millis / 1000, live - first);
        for (int i = 0; i < WARM_UP; i++) {
            oneMore("warm" + live + "-" + i);
        }
        double[] each = new double[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            each[i] = oneMore("more" + live + "-" + i);
        }
        Arrays.sort(each);
        System.out.printf(
                Locale.ROOT,
                "%6d live domains: one more takes %.1f ms (median of %d; p90 %.1f ms)%n",
                live,
                each[MEASURED / 2],
                MEASURED,
                each[MEASURED * 9 / 10]);
    }

    private double oneMore(String name) throws InterruptedException {
        long start = System.nanoTime();
        awaitDevices(create(name));
        store.control("sim", "destroy", name);
        return (System.nanoTime() - start) / 1e6;
    }

    private int create(String name) {
        String answer = store.control("sim", "create", name, "--vif", "--vbd");
        return Integer.parseInt(answer.substring(answer.lastIndexOf(' ') + 1).strip());
    }

    /** Both frontends are connected when this returns. */
    private void awaitDevices(int domid) throws InterruptedException {
        for (String device : new String[] {"vif", "vbd"}) {
            String state = "/local/domain/" + domid + "/device/" + device + "/0/state";
            while (!store.readText(state).equals(CONNECTED)) {
                Thread.onSpinWait();
            }
        }
    }
}
