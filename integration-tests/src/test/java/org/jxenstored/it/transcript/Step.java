package org.jxenstored.it.transcript;

import java.time.Duration;
import java.util.List;

/** One statement of a scenario; texts are still in the notation of {@link Text}. */
sealed interface Step {

    /** Sends a request, then receives these messages; an empty list: they are received by a later step. */
    record Exchange(
            String connection, String requestId, String transaction, String type, String payload, List<String> expected)
            implements Step {}

    /** Sends bytes that need not be a message. */
    record Raw(String connection, String bytes, List<String> expected) implements Step {}

    record Receive(String connection, List<String> expected) implements Step {}

    /** Something the client does or notices without a message. */
    record Act(String connection, Verb verb) implements Step {}

    enum Verb {
        CLOSES("closes"),
        STOPS_READING("stops reading"),
        READS_ON("reads on"),
        HEARS_NOTHING("hears nothing"),
        IS_DEAF("is deaf"),
        BEGINS_ANEW("begins anew"),
        IS_SIGNALLED("is signalled");

        final String words;

        Verb(String words) {
            this.words = words;
        }
    }

    /** Puts bytes into the ring without a signal. */
    record Whisper(String connection, String bytes) implements Step {}

    record StoreWord(String connection, String word, String value) implements Step {}

    record ExpectWord(String connection, String word, String value) implements Step {}

    /** What happens to a domain; the words are those of the transcript. */
    record DomainStep(String domid, String words) implements Step {}

    record DomainException() implements Step {}

    record Time(Duration passes) implements Step {}

    record Let(String name, String text) implements Step {}

    record Differ(List<String> names) implements Step {}

    record Loop(String name, List<String> values, List<NumberedStep> body) implements Step {}

    /** A step and where it stands. */
    record NumberedStep(int line, String text, Step step) {}
}
