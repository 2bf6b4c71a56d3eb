package org.jxenstored.sim.machine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jxenstored.hypervisor.HypervisorException;

/** The program {@code xensim}. */
public final class Main {
    /** What stands before each message, as the daemon's logging has it. */
    private static final String PROGRAM_PROPERTY = "jxenstored.program";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty(PROGRAM_PROPERTY, "xensim");
        switch (CommandLine.parse(List.of(arguments))) {
            case CommandLine.Help() -> System.out.print(CommandLine.USAGE);
            case CommandLine.Refused(String message) -> fail(message);
            case CommandLine.Run run -> run(run);
        }
    }

    private static void run(CommandLine.Run run) throws InterruptedException {
        try {
            MachineProcess machine = MachineProcess.start(run.directory(), run.options());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> switchOff(machine)));
            System.err.print("xensim: the machine runs in " + run.directory() + "\n"
                    + "xensim: start a daemon on it from another terminal: xenstored --hypervisor sim,machine="
                    + run.directory() + "\n"
                    + "xensim: stop with Ctrl-C\n");
            new CountDownLatch(1).await();
        } catch (IOException e) {
            fail(reason(e));
        } catch (HypervisorException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void switchOff(MachineProcess machine) {
        int exitCode = 0;
        try {
            machine.close();
        } catch (IOException e) {
            System.err.println("xensim: " + reason(e));
            exitCode = 1;
        }
        // A JVM that is ended by a signal would tell of the signal.
        Runtime.getRuntime().halt(exitCode);
    }

    private static void fail(String message) {
        System.err.println("xensim: " + message);
        System.exit(1);
    }

    /** Where the exception's own message is just a file's name. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException problem
            when problem.getReason() == null ->
                problem.getFile() + ": " + problem.getClass().getSimpleName();
            default -> String.valueOf(e.getMessage());
        };
    }
}
