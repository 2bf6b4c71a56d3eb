package org.jxenstored.it.life;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/**
 * Virtual threads that run where and when an {@link Executor} of ours says.
 *
 * <p>The JDK always had schedulers of virtual threads as a parameter, but shows no public way to give one. This uses
 * two things of {@code java.lang} that JDK 25 keeps to itself, so the JVM needs {@value #OPTION}:
 *
 * <ul>
 *   <li>the constructor {@code ThreadBuilders.VirtualThreadBuilder(Executor)}. A thread that is started by a virtual
 *       thread inherits its scheduler, so threads that a library starts stay in our hands too;
 *   <li>{@code Thread.currentCarrierThread()}, to notice code that runs anywhere else.
 * </ul>
 *
 * <p>If a later JDK moves them, only this class has to change: JDKs that make schedulers public (project Loom's
 * {@code Thread.VirtualThreadScheduler}) have the same under another name.
 */
final class VirtualThreads {
    private static final String OPTION = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final MethodHandle BUILDER = builder();
    private static final MethodHandle CARRIER = carrierMethod();

    private VirtualThreads() {}

    /** A builder of virtual threads; each piece of such a thread up to its next wait is given to this executor. */
    static Thread.Builder.OfVirtual on(Executor scheduler) {
        try {
            return (Thread.Builder.OfVirtual) BUILDER.invoke(scheduler);
        } catch (Throwable problem) {
            throw changed(problem);
        }
    }

    /** The platform thread that runs the caller, also if the caller is a virtual thread. */
    static Thread carrier() {
        try {
            return (Thread) CARRIER.invoke();
        } catch (Throwable problem) {
            throw changed(problem);
        }
    }

    private static MethodHandle builder() {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            open(constructor);
            return MethodHandles.lookup().unreflectConstructor(constructor);
        } catch (ReflectiveOperationException problem) {
            throw changed(problem);
        }
    }

    private static MethodHandle carrierMethod() {
        try {
            Method method = Thread.class.getDeclaredMethod("currentCarrierThread");
            open(method);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException problem) {
            throw changed(problem);
        }
    }

    private static void open(AccessibleObject member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new IllegalStateException(
                    "virtual time needs the JVM option " + OPTION + "; Maven gives it, another runner must be told",
                    closed);
        }
    }

    private static IllegalStateException changed(Throwable problem) {
        return new IllegalStateException(
                "JDK " + Runtime.version()
                        + " has no hook for schedulers of virtual threads where JDK 25 had it: adapt "
                        + VirtualThreads.class.getName(),
                problem);
    }
}
