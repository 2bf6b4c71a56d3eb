package org.jxenstored.engine;

/** The time of the engine: milliseconds since any fixed moment, never going back. */
@FunctionalInterface
public interface EngineClock {
    long millis();
}
