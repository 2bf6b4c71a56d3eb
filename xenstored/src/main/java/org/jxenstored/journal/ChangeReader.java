package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Permissions;
import org.jxenstored.watch.WatchImage;

/** Makes changes again that a {@link ChangeWriter} wrote. */
final class ChangeReader {
    private final ByteBuffer from;
    private final Remembered to;

    private ChangeReader(ByteBuffer from, Remembered to) {
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
            new ChangeReader(from.duplicate().order(ByteOrder.LITTLE_ENDIAN), to).readAll();
        } catch (BufferUnderflowException e) {
            throw new DamagedException("an entry is cut off");
        }
    }

    private void readAll() throws DamagedException {
        while (from.hasRemaining()) {
            read(Entry.of(from.get()));
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
        return Short.toUnsignedInt(from.getShort());
    }

    private boolean flag() {
        return from.get() != 0;
    }

    private String text() {
        return new String(bytes(Short.toUnsignedInt(from.getShort())), ISO_8859_1);
    }

    private Value value() throws DamagedException {
        return Value.owning(bytes(from.getInt()));
    }

    /** A length is believed only if so much is there. */
    private byte[] bytes(int length) {
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private Permissions permissions() throws DamagedException {
        int count = Short.toUnsignedInt(from.getShort());
        if (count == 0) {
            throw new DamagedException("a node has no owner");
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            char letter = (char) from.get();
            Access access = Access.of(letter)
                    .orElseThrow(() -> new DamagedException("a permission has the letter " + (int) letter));
            boolean stale = flag();
            grants.add(new Grant(new Permission(access, domid()), stale));
        }
        return Permissions.of(grants);
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
                from.getLong(),
                standing(),
                from.getLong(),
                flag(),
                flag(),
                from.getInt(),
                from.getInt(),
                quotas());
    }

    /** A quota this version does not know is left out; one that is not there keeps its default. */
    private Quotas quotas() {
        int count = Byte.toUnsignedInt(from.get());
        Quotas quotas = Quotas.DEFAULTS;
        for (int i = 0; i < count; i++) {
            Optional<QuotaName> name = QuotaName.ofWireName(text());
            long value = from.getLong();
            if (name.isPresent()) {
                quotas = quotas.with(name.get(), value);
            }
        }
        return quotas;
    }

    private WatchImage watch() {
        return new WatchImage(domid(), text(), text(), from.getInt(), flag());
    }

    private RingImage ring() throws DamagedException {
        return new RingImage(
                domid(),
                from.getLong(),
                from.getLong(),
                from.getInt(),
                flag(),
                flag(),
                from.getInt(),
                from.getInt(),
                value(),
                value());
    }

    private RingStep step() throws DamagedException {
        return new RingStep(
                domid(),
                from.getLong(),
                flag(),
                from.getInt(),
                from.getInt(),
                from.getInt(),
                value(),
                from.getInt(),
                value());
    }
}
