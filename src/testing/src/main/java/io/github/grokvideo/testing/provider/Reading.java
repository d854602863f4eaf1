// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.checked.ProviderRules;
import org.opentest4j.AssertionFailedError;

/** Lets a provider read answers. Fails if a method throws, or returns null or what the engine would not take. */
record Reading(VideoProvider provider) {

    static final String TASK_ID = "task-1";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SHOWN = 300;

    /**
     * Reads an answer as that to each of the calls that the provider has.
     *
     * @return the meanings by the name of the method
     */
    Map<String, Object> everywhere(HttpAnswer answer) {
        Map<String, Object> meanings = new LinkedHashMap<>();
        meanings.put("submitted", submitted(answer));
        meanings.put("polled", polled(new PollQuery(TASK_ID), answer));
        meanings.put("polled, step 1", polled(new PollQuery(TASK_ID, 1, false), answer));
        meanings.put("lookedUp", lookedUp(answer));
        if (provider.cancel(TASK_ID).isPresent()) {
            meanings.put("cancelled", cancelled(answer));
        }
        if (provider.balance().isPresent()) {
            meanings.put("balance", balance(answer));
        }
        if (provider.upload(new Media.Bytes(new byte[0], null), "images", Duration.ofHours(24)).isPresent()) {
            meanings.put("uploaded", uploaded(answer));
        }
        return meanings;
    }

    SubmitAnswer submitted(HttpAnswer answer) {
        // A task id that cannot be stored makes the outcome unknown, so it costs nothing.
        return read("submitted", answer, () -> provider.submitted(answer, NOW),
                meaning -> meaning instanceof SubmitAnswer.Accepted taken && taken.taskId() != null ? null : ProviderRules.fault(meaning));
    }

    PollAnswer polled(PollQuery query, HttpAnswer answer) {
        return read("polled", answer, () -> provider.polled(query, answer, NOW), meaning -> {
            boolean urlNeeded = !query.elsewhere() && provider.content(query.taskId()).isEmpty();
            return meaning instanceof PollAnswer.Done done && urlNeeded && (done.url() == null || done.url().isBlank())
                    ? "returned Done without a URL, and there is no content() to download: return Failed with DONE_WITHOUT_URL, or NoAnswer"
                    : ProviderRules.fault(meaning);
        });
    }

    Optional<String> lookedUp(HttpAnswer answer) {
        return read("lookedUp", answer, () -> provider.lookedUp(answer), meaning -> null);
    }

    CancelAnswer cancelled(HttpAnswer answer) {
        return read("cancelled", answer, () -> provider.cancelled(answer, NOW), ProviderRules::fault);
    }

    BalanceAnswer balance(HttpAnswer answer) {
        return read("balance", answer, () -> provider.balance(answer), ProviderRules::fault);
    }

    UploadAnswer uploaded(HttpAnswer answer) {
        return read("uploaded", answer, () -> provider.uploaded(answer), ProviderRules::fault);
    }

    private static <T> T read(String method, HttpAnswer answer, Supplier<T> code, Function<T, String> fault) {
        T meaning;
        try {
            meaning = code.get();
        } catch (RuntimeException | Error e) {
            throw new AssertionFailedError(method + "() threw " + e + at(answer), e);
        }
        String wrong = meaning == null ? "returned null" : fault.apply(meaning);
        if (wrong != null) {
            throw new AssertionFailedError(method + "() " + wrong + at(answer));
        }
        return meaning;
    }

    /** @return where it happened, for the end of a message */
    static String at(HttpAnswer answer) {
        String body = answer.body().substring(0, Math.min(SHOWN, answer.body().length()));
        return "\nat HTTP " + answer.status() + " with the body " + body;
    }

    /** @return what logs and errors show of a meaning; a task id is data, which they may show */
    static String shown(Object meaning) {
        return meaning instanceof SubmitAnswer.Accepted accepted ? String.valueOf(accepted.cost())
                : meaning instanceof Optional<?> ? "" : meaning.toString();
    }
}
