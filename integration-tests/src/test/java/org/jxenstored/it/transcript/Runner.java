package org.jxenstored.it.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.it.transcript.Step.NumberedStep;
import org.jxenstored.protocol.MessageType;

/** Plays one scenario in one world and complains about the first thing that is not as written. */
public final class Runner {
    private static final int LINES_BEFORE = 12;
    private static final String QUIETLY = " quietly";
    private static final String SHUTS_DOWN = "shuts down ";

    private final World world;
    private final Dialogue toolstack;
    private final Map<String, Dialogue> dialogues = new LinkedHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> unheard = new HashSet<>();
    private String unsettled = "";

    public Runner(World world) {
        this.world = world;
        this.toolstack = new Dialogue("the toolstack", world.socket(), variables);
        variables.put("dir", world.directory().toString());
    }

    /** Throws an AssertionError that names the line, what was expected and what came, and the lines before. */
    public void play(Scenario scenario) {
        play(scenario, scenario.steps());
        checkSilence(scenario);
    }

    private void play(Scenario scenario, List<NumberedStep> steps) {
        for (NumberedStep step : steps) {
            if (step.step() instanceof Step.Loop(String name, List<String> values, var body)) {
                for (String value : values) {
                    variables.put(name, value);
                    play(scenario, body);
                }
                continue;
            }
            try {
                play(step.step());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        scenario.file() + ":" + step.line() + ": " + Text.substitute(step.text(), variables) + "\n  "
                                + (e instanceof AssertionError ? e.getMessage() : e) + before(steps, step),
                        e);
            }
        }
    }

    private static String before(List<NumberedStep> steps, NumberedStep failed) {
        int at = steps.indexOf(failed);
        return steps.subList(Math.max(0, at - LINES_BEFORE), at).stream()
                .map(step -> "\n    " + step.line() + ": " + step.text())
                .collect(Collectors.joining("", "\n  before it:", ""));
    }

    private void play(Step step) {
        switch (step) {
            case Step.Exchange exchange -> exchange(exchange);
            case Step.Raw(String connection, String bytes, List<String> expected) -> {
                Dialogue dialogue = dialogue(connection);
                dialogue.client().send(Text.bytes(bytes, variables).getBytes(ISO_8859_1));
                receive(connection, dialogue, expected);
            }
            case Step.Receive(String connection, List<String> expected) ->
                dialogue(connection).expect(expected);
            case Step.Act(String connection, Step.Verb verb) -> act(connection, verb);
            case Step.Whisper(String connection, String bytes) ->
                dialogue(connection)
                        .client()
                        .whisper(Text.bytes(bytes, variables).getBytes(ISO_8859_1));
            case Step.StoreWord(String connection, String word, String value) -> {
                dialogue(connection).client().store(word(word), number(value));
                unsettled = connection;
            }
            case Step.ExpectWord(String connection, String word, String value) -> {
                int found = dialogue(connection).client().await(word(word), number(value));
                if (found != number(value)) {
                    throw new AssertionError(word + " is " + Integer.toUnsignedString(found));
                }
            }
            case Step.DomainStep(String domid, String words) -> domain(number(domid), words);
            case Step.DomainException() -> world.raiseDomainException();
            case Step.Time(var passes) -> {
                settle("");
                world.pass(passes);
            }
            case Step.Let(String name, String text) -> variables.put(name, Text.substitute(text, variables));
            case Step.Differ(List<String> names) -> {
                if (names.stream().map(variables::get).distinct().count() != names.size()) {
                    throw new AssertionError("not all different: "
                            + names.stream().map(variables::get).toList());
                }
            }
            case Step.Loop loop -> throw new IllegalArgumentException("a loop has no single step");
        }
    }

    private void exchange(Step.Exchange exchange) {
        String connection = Text.bytes(exchange.connection(), variables);
        Dialogue dialogue = dialogue(connection);
        String type = Text.bytes(exchange.type(), variables);
        dialogue.request(
                isNumber(type)
                        ? Integer.parseUnsignedInt(type)
                        : MessageType.valueOf(type).number(),
                exchange.requestId(),
                transaction(exchange.transaction()),
                Text.bytes(exchange.payload(), variables));
        receive(connection, dialogue, exchange.expected());
    }

    private void receive(String connection, Dialogue dialogue, List<String> expected) {
        dialogue.expect(expected);
        if (expected.isEmpty()) {
            unsettled = connection;
        }
    }

    /** An id as number, or what was captured under a name. */
    private int transaction(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String name = Text.bytes(text, variables);
        return Integer.parseUnsignedInt(isNumber(name) ? name : Text.substitute("${" + name + "}", variables));
    }

    private void act(String connection, Step.Verb verb) {
        Dialogue dialogue = dialogue(connection);
        switch (verb) {
            case CLOSES -> {
                dialogue.client().close();
                unheard.add(connection);
                world.settle();
            }
            case STOPS_READING -> dialogue.client().stopReading();
            case READS_ON -> {
                settle("");
                dialogue.client().readOn();
            }
            case HEARS_NOTHING -> {
                world.settle();
                dialogue.expectNothing();
            }
            case IS_DEAF -> {
                world.settle();
                dialogue.client().mendRing();
                dialogue.request(MessageType.GET_DOMAIN_PATH.number(), "", 0, "1\0");
                world.settle();
                dialogue.expectNothing();
                unheard.add(connection);
            }
            case IS_SIGNALLED -> {
                if (!dialogue.client().isSignalled()) {
                    throw new AssertionError(connection + " was not signalled");
                }
            }
            case BEGINS_ANEW -> {
                dialogue.beginAnew();
                unheard.remove(connection);
            }
        }
    }

    private void domain(int domid, String words) {
        settle("");
        switch (words) {
            case "" -> {
                build(domid);
                settleIn(domid);
                introduce(domid);
            }
            case "appears" -> build(domid);
            case "gets a home" -> settleIn(domid);
            case "is introduced" -> introduce(domid);
            case "resumes" -> world.resume(domid);
            case "is replaced" -> {
                world.destroy(domid, Life.DEAD);
                world.vanish(domid);
                build(domid);
            }
            default -> {
                boolean quietly = words.endsWith(QUIETLY);
                happen(domid, quietly ? words.substring(0, words.length() - QUIETLY.length()) : words);
                if (!quietly) {
                    world.raiseDomainException();
                }
            }
        }
    }

    private void happen(int domid, String words) {
        switch (words) {
            case "is dying" -> world.destroy(domid, Life.DYING);
            case "dies" -> world.destroy(domid, Life.DEAD);
            case "vanishes" -> world.vanish(domid);
            default -> {
                if (!words.startsWith(SHUTS_DOWN)) {
                    throw new IllegalArgumentException("no domain can do this: " + words);
                }
                world.shutDown(domid, Integer.parseInt(words.substring(SHUTS_DOWN.length())));
            }
        }
    }

    private void build(int domid) {
        world.build(domid);
        variables.put("gfn" + domid, Long.toString(world.frame(domid)));
        variables.put("port" + domid, Integer.toString(world.port(domid)));
        dialogues.remove("d" + domid);
        unheard.remove("d" + domid);
    }

    private void settleIn(int domid) {
        String home = "/local/domain/" + domid;
        toolstack.call(MessageType.MKDIR, home + "\0");
        toolstack.call(MessageType.SET_PERMS, home + "\0n" + domid + "\0");
    }

    private void introduce(int domid) {
        toolstack.call(MessageType.INTRODUCE, domid + "\0" + world.frame(domid) + "\0" + world.port(domid) + "\0");
    }

    private Dialogue dialogue(String written) {
        String name = Text.bytes(written, variables);
        settle(name);
        return dialogues.computeIfAbsent(
                name,
                added -> new Dialogue(
                        added,
                        added.matches("d\\d+") ? world.ring(Integer.parseInt(added.substring(1))) : world.socket(),
                        variables));
    }

    /** What one connection was sent without waiting is served before another connection is heard. */
    private void settle(String now) {
        if (!unsettled.isEmpty() && !unsettled.equals(now)) {
            world.settle();
            unsettled = "";
        }
    }

    private void checkSilence(Scenario scenario) {
        world.settle();
        dialogues.forEach((name, dialogue) -> {
            if (!unheard.contains(name) && isServed(name)) {
                try {
                    dialogue.client().readOn();
                    dialogue.expectSilence();
                } catch (AssertionError e) {
                    throw new AssertionError(
                            scenario.file() + ":" + scenario.line() + ": at the end: " + e.getMessage(), e);
                }
            }
        });
    }

    private boolean isServed(String name) {
        return !name.matches("d\\d+")
                || toolstack
                        .call(MessageType.IS_DOMAIN_INTRODUCED, name.substring(1) + "\0")
                        .equals("T\0");
    }

    private RingWord word(String name) {
        return RingWord.valueOf(Text.bytes(name, variables).toUpperCase(Locale.ROOT));
    }

    private int number(String text) {
        return Integer.parseUnsignedInt(Text.bytes(text, variables));
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
