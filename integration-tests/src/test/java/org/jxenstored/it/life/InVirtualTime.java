package org.jxenstored.it.life;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs the methods of a {@link LifeTest} as programs of its world. */
final class InVirtualTime implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        LifeTest test = (LifeTest) context.getRequiredTestInstance();
        try {
            test.world.run(() -> proceed(invocation));
        } catch (Throwable problem) {
            Throwable where = new Throwable("this was on " + test.world.machine());
            where.setStackTrace(new StackTraceElement[0]);
            problem.addSuppressed(where);
            throw problem;
        }
    }

    private static void proceed(Invocation<Void> invocation) throws Exception {
        try {
            var _ = invocation.proceed();
        } catch (Exception | Error problem) {
            throw problem;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        }
    }
}
