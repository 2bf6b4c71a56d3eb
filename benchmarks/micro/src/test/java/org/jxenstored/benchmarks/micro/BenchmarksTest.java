package org.jxenstored.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;

/** Each benchmark does once what its name says; how fast is no matter here. */
class BenchmarksTest {
    private static final StorePath STATE = StorePath.of("/local/domain/7/device/vif/0/state");

    @Test
    void requestsAreServedForDom0AndForAGuest() {
        RequestBenchmark benchmark = new RequestBenchmark();

        assertThat(Client.text(benchmark.read())).isEqualTo("4");
        assertThat(Client.text(benchmark.write())).isEqualTo("OK\0");
        assertThat(Client.text(benchmark.readByGuest())).isEqualTo("4");
        assertThat(Client.text(benchmark.writeByGuest())).isEqualTo("OK\0");
        assertThat(Client.text(benchmark.createAndRemove())).isEqualTo("OK\0");
        assertThat(Client.text(benchmark.directory()).split("\0", -1)).contains("state", "ring-ref");
    }

    @Test
    void theStoreIsReadOverwrittenAndAddedTo() {
        StoreBenchmark benchmark = new StoreBenchmark();

        assertThat(benchmark.read()).isNotNull();
        assertThat(benchmark.overwrite().find(STATE)).extracting("value").isEqualTo(Value.of("4"));
        assertThat(benchmark.create().find(StorePath.of("/local/domain/7/device/vif/0/new")))
                .isNotNull();
    }

    @Test
    void transactionsCommit() {
        TransactionBenchmark benchmark = new TransactionBenchmark();

        assertThat(Client.text(benchmark.alone())).isEqualTo("OK\0");
        assertThat(Client.text(benchmark.besideAnother())).isEqualTo("OK\0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void allWhoWatchTheNodeAreToldAndNobodyElse(int watching) {
        WatchBenchmark benchmark = new WatchBenchmark();
        benchmark.watching = watching;
        benchmark.watch();

        assertThat(benchmark.match()).isEqualTo(watching);
    }

    @Test
    void eachWatcherIsSentOneEvent() {
        FanOutBenchmark benchmark = new FanOutBenchmark();
        benchmark.watchers = 3;
        benchmark.watch();
        int event = Header.SIZE + "/local/domain/7/device/vif/0/state\0token-1000\0".length();

        assertThat(benchmark.write()).isEqualTo(3L * event);
    }

    @Test
    void aLongListingIsReadToItsEnd() {
        int digits = IntStream.range(0, ListingBenchmark.CHILDREN)
                .map(i -> Integer.toString(i).length())
                .sum();

        assertThat(new ListingBenchmark().inParts()).isEqualTo(digits + ListingBenchmark.CHILDREN);
    }

    @Test
    void messagesBecomeBytesAndBytesMessages() {
        CodecBenchmark benchmark = new CodecBenchmark();
        ByteBuffer encoded = benchmark.encode().flip();

        assertThat(benchmark.decode().payload()).isEqualTo(Value.of("/local/domain/7/device/vif/0/state\0"));
        assertThat(Client.text(encoded)).isEqualTo("4");
    }
}
