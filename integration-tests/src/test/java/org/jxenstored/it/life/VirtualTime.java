package org.jxenstored.it.life;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.life.Step.Kind;
import org.jxenstored.sim.time.SimTime;

/**
 * Time that passes only when all have done what they can do now, and threads that run one after the other.
 *
 * <p>There is one real thread, the one that made this object: the pump. It takes one step after the other: a virtual
 * thread goes on until it waits, a notification is carried, an alarm rings. So the same program takes the same steps
 * every time, and an hour in which nobody does anything is over at once.
 *
 * <p>{@link #settle}, {@link #pass} and {@link #until} can be called by the pump, which then takes the steps, and by a
 * program on one of these virtual threads, which then waits while others take theirs.
 */
final class VirtualTime implements SimTime {
    /** Steps without any time passing, beyond which something goes round in circles. */
    static final int STEPS_AT_ONCE_MAX = 200_000;

    /** How long {@link #call} waits for its body to end: more than any life in a test. */
    private static final Duration PATIENCE = Duration.ofDays(2);

    private final Thread pump = Thread.currentThread();
    private final Agenda agenda;
    private final Agenda.Lane soon;
    private final StepLog log = new StepLog();
    private final Map<Runnable, Long> threadNumbers = new WeakHashMap<>();
    private final Map<Thread, String> programs = new LinkedHashMap<>();
    private final Deque<CountDownLatch> waitingForRest = new ArrayDeque<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Step> strays = new ConcurrentLinkedQueue<>();
    private long now;
    private long threads;
    private long events;
    private int stepsAtOnce;
    private boolean stepping;
    private boolean ended;

    /** What is due at the same time happens in the order in which it was asked for. */
    VirtualTime() {
        this(null);
    }

    /** What is due at the same time happens in an order that this seed decides; notifications keep theirs. */
    VirtualTime(long seed) {
        this(new SplittableRandom(seed));
    }

    private VirtualTime(@Nullable SplittableRandom dice) {
        agenda = new Agenda(dice);
        soon = agenda.lane();
    }

    // ---- for programs

    @Override
    public long millis() {
        return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        requireProgram("sleep");
        CountDownLatch over = new CountDownLatch(1);
        Alarm alarm = after(duration, over::countDown);
        try {
            over.await();
        } finally {
            alarm.cancel();
        }
    }

    @Override
    public Thread start(String name, Runnable program) {
        Thread thread = VirtualThreads.on(this::goOn)
                .name(name)
                .uncaughtExceptionHandler(
                        (_, problem) -> fail(new AssertionError(name + " ended with " + problem, problem)))
                .unstarted(() -> {
                    log.name(name);
                    program.run();
                });
        programs.keySet().removeIf(each -> each.getState() == Thread.State.TERMINATED);
        programs.put(thread, name);
        thread.start();
        return thread;
    }

    /** A virtual thread can go on. */
    private void goOn(Runnable continuation) {
        if (isForeign()) {
            strays.add(new Step(Kind.THREAD, 0, continuation));
            return;
        }
        long number = threadNumbers.computeIfAbsent(continuation, _ -> ++threads);
        agenda.now(agenda.lane(), new Step(Kind.THREAD, number, continuation));
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        if (isForeign()) {
            return () -> {};
        }
        Step step = new Step(Kind.ALARM, ++events, work);
        if (!delay.isPositive()) {
            agenda.now(agenda.lane(), step);
            return () -> {};
        }
        Agenda.Planned planned = agenda.at(now + Math.ceilDiv(delay.toNanos(), 1_000_000L), step);
        return () -> agenda.cancel(planned);
    }

    @Override
    public Executor soon() {
        return work -> submit(soon, Kind.SOON, work);
    }

    /** A lane for {@link #submit}. */
    Agenda.Lane lane() {
        return agenda.lane();
    }

    /** Has this run now, after everything else in the lane. */
    void submit(Agenda.Lane lane, Kind kind, Runnable work) {
        if (isForeign()) {
            strays.add(new Step(kind, 0, work));
        } else {
            agenda.now(lane, new Step(kind, ++events, work));
        }
    }

    /** Notes the failure if this is called from anywhere but the pump, where order is a matter of luck. */
    private boolean isForeign() {
        if (isHere()) {
            return false;
        }
        fail(
                new AssertionError(
                        "the thread " + Thread.currentThread() + " does not belong to virtual time, but takes part"
                                + " in it: programs start threads with SimTime only, and wait without a timeout and without monitors"));
        return true;
    }

    private void fail(Throwable failure) {
        if (!ended) {
            failures.add(failure);
        }
    }

    // ---- for tests

    /** True on the one real thread. */
    boolean isPump(Thread thread) {
        return thread == pump;
    }

    /** True if the calling code, a program's or not, runs on the one real thread. */
    boolean isHere() {
        return isPump(VirtualThreads.carrier());
    }

    /** All do what they can do now, until there is nothing left to do at this moment. */
    void settle() throws InterruptedException {
        if (isPump(Thread.currentThread())) {
            while (step()) {}
            throwFailures();
        } else {
            requireProgram("settle");
            CountDownLatch rest = new CountDownLatch(1);
            waitingForRest.add(rest);
            rest.await();
        }
    }

    /** At most this many steps are taken at this moment; for the pump. */
    void steps(int count) {
        for (int left = count; left > 0 && step(); left--) {}
        throwFailures();
    }

    /** Lets time pass, with everything that happens meanwhile. */
    void pass(Duration time) throws InterruptedException {
        long end = now + time.toMillis();
        settle();
        while (now < end) {
            goTo(Math.min(end, nextDue(end)));
            settle();
        }
    }

    /** Lets time pass until something is so; fails if it is not after this time. */
    void until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = now + limit.toMillis();
        settle();
        while (!condition.getAsBoolean()) {
            if (now >= end) {
                throw new AssertionError(
                        "not so after " + limit + " of virtual time; the latest steps:" + log.latest());
            }
            goTo(Math.min(end, nextDue(end)));
            settle();
        }
    }

    private long nextDue(long otherwise) {
        OptionalLong next = agenda.nextDueMillis();
        return next.orElse(otherwise);
    }

    private void goTo(long millis) throws InterruptedException {
        if (isPump(Thread.currentThread())) {
            now = millis;
            stepsAtOnce = 0;
            agenda.ripen(now);
        } else {
            sleep(Duration.ofMillis(millis - now));
        }
    }

    /** Runs this as a program and gives its result; other things happen meanwhile, and time may pass. For the pump. */
    <T> T call(String name, Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = start(name, task);
        long end = now + PATIENCE.toMillis();
        while (!task.isDone()) {
            if (!step()) {
                if (agenda.nextDueMillis().isEmpty() || now >= end) {
                    throw stuck(name, thread);
                }
                goTo(nextDue(end));
            }
        }
        throwFailures();
        try {
            return task.get();
        } catch (ExecutionException wrapped) {
            switch (wrapped.getCause()) {
                case Exception problem -> throw problem;
                case Error problem -> throw problem;
                case null, default -> throw wrapped;
            }
        }
    }

    private static AssertionError stuck(String name, Thread thread) {
        AssertionError failure = new AssertionError(name + " waits for something that never comes");
        Throwable place = new Throwable("where it waits");
        place.setStackTrace(thread.getStackTrace());
        failure.addSuppressed(place);
        return failure;
    }

    /**
     * Does this on the one real thread, which may wait for monitors: the JDK's, of files, are sometimes held by threads of
     * its own.
     */
    void onPump(Runnable work) {
        if (isPump(Thread.currentThread())) {
            work.run();
            return;
        }
        requireProgram("onPump");
        FutureTask<?> task = new FutureTask<>(work, null);
        soon().execute(task);
        try {
            task.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupt);
        }
    }

    /** Programs that were started and have not ended. */
    List<String> running() {
        programs.keySet().removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        return List.copyOf(programs.values());
    }

    /** How many steps were taken. */
    long steps() {
        return log.count();
    }

    /** All steps in one number: two runs with the same number took the same steps. */
    long hash() {
        return log.hash();
    }

    /** Interrupts what still runs and lets it end; failures do not count any more. */
    void end() throws InterruptedException {
        settle();
        ended = true;
        List.copyOf(programs.keySet()).forEach(Thread::interrupt);
        settle();
    }

    private boolean step() {
        if (stepping || !isPump(Thread.currentThread())) {
            throw new IllegalStateException(
                    "only the thread that made virtual time can take steps, one after the other");
        }
        for (Step stray = strays.poll(); stray != null; stray = strays.poll()) {
            agenda.now(agenda.lane(), stray);
        }
        Optional<Step> next = agenda.next();
        if (next.isEmpty()) {
            return rest();
        }
        take(next.get());
        return true;
    }

    private void take(Step step) {
        log.took(now, step);
        stepsAtOnce++;
        if (stepsAtOnce > STEPS_AT_ONCE_MAX) {
            throw new AssertionError(STEPS_AT_ONCE_MAX
                    + " steps and no time has passed: something goes round in circles:" + log.latest());
        }
        stepping = true;
        try {
            step.work().run();
        } catch (RuntimeException | Error problem) {
            fail(problem);
        } finally {
            stepping = false;
        }
    }

    /** Nothing is left to do: a program that waited for this can go on. */
    private boolean rest() {
        CountDownLatch rest = waitingForRest.poll();
        if (rest != null) {
            rest.countDown();
        }
        return rest != null;
    }

    private void throwFailures() {
        List<Throwable> all = new ArrayList<>();
        for (Throwable failure = failures.poll(); failure != null; failure = failures.poll()) {
            all.add(failure);
        }
        if (!all.isEmpty()) {
            AssertionError error = new AssertionError(all.getFirst().getMessage(), all.getFirst());
            all.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private void requireProgram(String what) {
        if (!Thread.currentThread().isVirtual() || !isHere()) {
            throw new IllegalStateException(
                    Thread.currentThread() + " cannot " + what + ": only programs that this time" + " started can");
        }
    }
}
