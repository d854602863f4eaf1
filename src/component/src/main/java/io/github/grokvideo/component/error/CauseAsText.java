// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A foreign exception in the chain of one that is serialized: what it says and where it came from, without its fields. */
final class CauseAsText extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CauseAsText(Throwable foreign) {
        super(foreign.toString());
        setStackTrace(foreign.getStackTrace());
    }

    /** The class and message of what it stands for. */
    @Override
    public String toString() {
        return getMessage();
    }

    /** @return whether there are other classes than Java's and ours in its chain, which may not be serializable, nor known elsewhere */
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

    /** @return the exception anew, all others in its chain as text */
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
