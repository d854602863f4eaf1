// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;

/** A call over JMX: it blocks, and throws IllegalArgumentException or IllegalStateException with a plain message. */
public final class JmxCall {

    /** Longer than the default timeouts of gateway calls, and as long as a person would wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private JmxCall() {
    }

    /** @param what the subject of the message if it takes too long */
    public static <T> T await(String what, CompletableFuture<T> future) {
        return await(what, future, PATIENCE, () -> {
            throw new IllegalStateException(what + " has not finished this after " + PATIENCE.toSeconds() + " s; it continues");
        });
    }

    /**
     * @param what the subject of the message if this thread is interrupted
     * @param late gives the answer, or throws, if it takes longer than that
     */
    public static <T> T await(String what, CompletableFuture<T> future, Duration patience, Supplier<T> late) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted; " + what + " continues");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(String.valueOf(cause.getMessage()));
        }
    }

    /** @return the answer of the operation; its failure is a plain one */
    public static <T> T plainly(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (RuntimeException e) {
            throw plain(e);
        }
    }

    /** @return the failure as a plain Java exception that says what to do: a console does not have the component's classes */
    public static RuntimeException plain(RuntimeException failure) {
        if (failure instanceof GrokVideoException known) {
            return known.getError().type() == ErrorType.INVALID_REQUEST || known.getError().type() == ErrorType.JOB_NOT_FOUND
                    ? new IllegalArgumentException(known.getMessage()) : new IllegalStateException(known.getMessage());
        }
        return failure;
    }
}
