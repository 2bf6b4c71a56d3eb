package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Seeds;

class RowTest {
    private static Row<Integer> of(int size) {
        Row<Integer> row = Row.empty();
        for (int i = 0; i < size; i++) {
            row = row.append(i);
        }
        return row;
    }

    private static List<Integer> list(Row<Integer> row) {
        List<Integer> list = new ArrayList<>();
        row.forEach(list::add);
        return list;
    }

    @Test
    void itGrowsByALevelWhereOneIsFull() {
        for (int size : new int[] {0, 1, 31, 32, 33, 1023, 1024, 1025, 32_768, 32_769, 40_000}) {
            Row<Integer> row = of(size);
            assertThat(row.size()).isEqualTo(size);
            assertThat(list(row)).isEqualTo(IntStream.range(0, size).boxed().toList());
        }
    }

    @Test
    void randomChangesAgreeWithAListAndLeaveOlderVersionsAlone() {
        Seeds.forEach(10, random -> {
            Row<Integer> row = Row.empty();
            List<Integer> model = new ArrayList<>();
            List<Row<Integer>> versions = new ArrayList<>();
            List<List<Integer>> models = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                if (model.isEmpty() || random.nextInt(3) > 0) {
                    row = row.append(i);
                    model.add(i);
                } else {
                    int index = random.nextInt(model.size());
                    row = row.with(index, i);
                    model.set(index, i);
                }
                if (random.nextInt(100) == 0) {
                    versions.add(row);
                    models.add(List.copyOf(model));
                }
            }
            for (int i = 0; i < versions.size(); i++) {
                assertThat(list(versions.get(i))).isEqualTo(models.get(i));
            }
        });
    }

    @Test
    void anIteratorEnds() {
        Iterator<Integer> iterator = of(1).iterator();
        assertThat(iterator.next()).isZero();
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }
}
