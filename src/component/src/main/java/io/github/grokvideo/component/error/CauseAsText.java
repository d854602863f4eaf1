// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stands in for a foreign exception in the chain of a serialized one: its text and stack trace, without its fields. */
final class CauseAsText extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CauseAsText(Throwable foreign) {
        super(foreign.toString());
        setStackTrace(foreign.getStackTrace());
    }

    /** The class and message of the original exception. */
    @Override
    public String toString() {
        return getMessage();
    }

    /** @return whether its chain has classes other than Java's and ours, which may not be serializable or be unknown to the reader */
    static boolean isNeeded(GrokVideoException error) {
        return hasForeign(error, seen());
    }

    private static boolean hasForeign(Throwable error, Set<Throwable> seen) {
        if (error == null || !seen.add(error)) {
            return false;
        }
        if (!isOurs(error) && !error.getClass().getName().startsWith("java.")) {
            return true;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (hasForeign(suppressed, seen)) {
                return true;
            }
        }
        return hasForeign(error.getCause(), seen);
    }

    private static boolean isOurs(Throwable error) {
        return error instanceof GrokVideoException || error instanceof CauseAsText;
    }

    /** @return a copy of the exception in which all others in its chain are text */
    static GrokVideoException of(GrokVideoException error) {
        Set<Throwable> seen = seen();
        GrokVideoException copy = error.copy();
        copy.setStackTrace(error.getStackTrace());
        seen.add(error);
        fill(copy, error, seen);
        return copy;
    }

    private static Throwable text(Throwable error, Set<Throwable> seen) {
        CauseAsText text = new CauseAsText(error);
        fill(text, error, seen);
        return text;
    }

    private static void fill(Throwable copy, Throwable error, Set<Throwable> seen) {
        if (error.getCause() != null && seen.add(error.getCause())) {
            copy.initCause(text(error.getCause(), seen));
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (seen.add(suppressed)) {
                copy.addSuppressed(text(suppressed, seen));
            }
        }
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
