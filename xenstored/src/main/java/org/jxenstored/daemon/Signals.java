package org.jxenstored.daemon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system.
 *
 * <p>The JDK has only {@code sun.misc.Signal} for this, whose very name is a compiler warning that cannot be
 * suppressed; hence the reflection. On a JVM without it, signals keep their default effect.
 */
final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Runs the action at each signal, on a thread of its own, instead of the default effect.
     *
     * @param name without SIG, such as {@code HUP}
     */
    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    static void on(String name, Runnable action) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> name;
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {signalHandler}, handler);
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            log.warn("SIG{} keeps its default effect: this JVM does not let us handle it", name);
        }
    }
}
