package org.jxenstored.daemon;

import java.util.Locale;
import java.util.Optional;

/** Which messages people see; each level includes those before it. */
public enum LogLevel {
    ERROR,
    WARNING,
    INFO,
    DEBUG;

    /** The level of this name, in lower case. */
    static Optional<LogLevel> ofName(String name) {
        for (LogLevel level : values()) {
            if (level.toString().equals(name)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
