package org.jxenstored.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Permissions;
import org.jxenstored.watch.WatchImage;

/** Makes changes again that a {@link ChangeWriter} wrote. */
final class ChangeReader {
    private final RecordReader from;
    private final Remembered to;

    private ChangeReader(RecordReader from, Remembered to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Reads all there is.
     *
     * @throws DamagedException if it is not what a writer wrote; some changes may have been made then
     */
    static void read(ByteBuffer from, Remembered to) throws DamagedException {
        try {
            to.tree().toRoot();
            new ChangeReader(new RecordReader(from.duplicate().order(ByteOrder.LITTLE_ENDIAN)), to).readAll();
        } catch (BufferUnderflowException e) {
            throw new DamagedException("an entry is cut off");
        }
    }

    private void readAll() throws DamagedException {
        while (!from.isAtEnd()) {
            read(Entry.of(from.anyByte()));
        }
    }

    private void read(Entry entry) throws DamagedException {
        switch (entry) {
            case DOWN -> to.tree().down(text());
            case UP -> to.tree().up();
            case SET -> {
                Permissions permissions = permissions();
                to.tree().set(value(), permissions);
            }
            case VALUE -> {
                String path = text();
                to.tree().overwrite(path, value());
            }
            case REMOVE -> to.tree().remove(text());
            case SPECIAL -> {
                Permissions introduceDomain = permissions();
                to.tree().setSpecial(introduceDomain, permissions());
            }
            case DOMAIN -> to.put(domain());
            case FORGOTTEN -> to.forget(domid());
            case QUOTAS -> to.setQuotas(quotas());
            case WATCHED -> to.add(watch());
            case UNWATCHED -> to.remove(watch());
            case RING -> to.put(ring());
            case RING_STEP -> to.put(step());
            case BOOT -> to.setBoot(text());
        }
    }

    private int domid() {
        return from.anyShort();
    }

    private boolean flag() {
        return from.anyByte() != 0;
    }

    private String text() {
        return value(from.anyShort()).text();
    }

    private Value value() {
        return value(from.anyInt());
    }

    private Value value(int length) {
        return from.value(length);
    }

    private Permissions permissions() throws DamagedException {
        return from.permissions(from.anyShort());
    }

    private Standing standing() throws DamagedException {
        String name = text();
        for (Standing standing : Standing.values()) {
            if (standing.name().equals(name)) {
                return standing;
            }
        }
        throw new DamagedException("no domain is a " + name);
    }

    private DomainImage domain() throws DamagedException {
        return new DomainImage(
                domid(),
                from.anyLong(),
                standing(),
                from.anyLong(),
                flag(),
                flag(),
                from.anyInt(),
                from.anyInt(),
                quotas());
    }

    /** A quota this version does not know is left out; one that is not there keeps its default. */
    private Quotas quotas() {
        int count = from.anyByte();
        Quotas quotas = Quotas.DEFAULTS;
        for (int i = 0; i < count; i++) {
            Optional<QuotaName> name = QuotaName.ofWireName(text());
            long value = from.anyLong();
            if (name.isPresent()) {
                quotas = quotas.with(name.get(), value);
            }
        }
        return quotas;
    }

    private WatchImage watch() {
        return new WatchImage(domid(), text(), text(), from.anyInt(), flag());
    }

    private RingImage ring() {
        return new RingImage(
                domid(),
                from.anyLong(),
                from.anyLong(),
                from.anyInt(),
                flag(),
                flag(),
                from.anyInt(),
                from.anyInt(),
                value(),
                value());
    }

    private RingStep step() {
        return new RingStep(
                domid(),
                from.anyLong(),
                flag(),
                from.anyInt(),
                from.anyInt(),
                from.anyInt(),
                value(),
                from.anyInt(),
                value());
    }
}
