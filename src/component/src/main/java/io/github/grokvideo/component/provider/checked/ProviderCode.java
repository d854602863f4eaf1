// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.provider.answers.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the methods of one provider and turns any fault into a typed error that names the method. Thread-safe. */
final class ProviderCode {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCode.class);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final int LONGEST_TEXT = 300;
    private static final int MAX_WARNINGS = 50;

    private final String shown;
    /** null = a built-in provider, which needs no limit. */
    private final TimeLimit limit;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** @param shown the provider's name for messages */
    ProviderCode(String shown, TimeLimit limit) {
        this.shown = shown;
        this.limit = limit;
    }

    /**
     * @param  fault checks a returned value that is not null and completes "submit() ..."; null = no fault
     * @return       a value without a fault
     * @throws GrokVideoException thrown by the provider, or describing its fault; the method itself sent nothing
     */
    <T> T call(String method, Supplier<T> code, Function<T, String> fault) {
        long begun = System.nanoTime();
        T answer;
        try {
            answer = limit == null ? code.get() : limit.call(code);
        } catch (GrokVideoException meant) {
            throw meant;
        } catch (TimeoutException late) {
            throw fault(method, late.getMessage(), null);
        } catch (RuntimeException | Error e) {
            throw fault(method, "threw " + SafeText.clean(e.toString(), LONGEST_TEXT), e);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (taken.compareTo(SLOW) > 0 && warned.add("slow " + method)) {
            LOG.warn("{}: {}() took {}. It must not block, since jobs wait for it", shown, method, PlainDuration.of(taken));
        }
        String wrong = answer == null ? "returned null" : fault.apply(answer);
        if (wrong != null) {
            throw fault(method, wrong, null);
        }
        return answer;
    }

    private GrokVideoException fault(String method, String what, Throwable cause) {
        String message = shown + " is at fault: " + method + "() " + what;
        // A faulty method fails for every job: warn once; each job's own error has the reason, too.
        if (warned.size() < MAX_WARNINGS && warned.add(method + " " + what)) {
            LOG.warn(message, cause);
        } else {
            LOG.debug(message, cause);
        }
        GrokVideoException error = JobError.of(ErrorType.SUBMIT_REJECTED, message, Charged.NO).toException(null, null);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
