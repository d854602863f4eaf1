// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import io.github.grokvideo.component.camel.identity.AutoJobKey;
import io.github.grokvideo.component.camel.identity.MessageIdentities;
import io.github.grokvideo.component.camel.work.WorkCompletion;
import io.github.grokvideo.component.camel.work.WorkScope;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** Applies the option {@code autoJobKey} for one producer: derives the keys of its calls, and explains in errors how a key is involved. */
final class AutoJobKeyUse {

    /** Exchange property: the {@link AutoJobKey} of the call in progress. */
    private static final String PROPERTY = "CamelGrokVideoAutoJobKey";

    private final GrokVideoEndpoint endpoint;
    private final MessageIdentities identities;

    AutoJobKeyUse(GrokVideoEndpoint endpoint) {
        this.endpoint = endpoint;
        this.identities = endpoint.getConfiguration().isAutoJobKey() ? MessageIdentities.of(endpoint.getCamelContext()) : null;
    }

    /**
     * @param  given   key from the message or the endpoint; null = none
     * @param  account that pays for the call
     * @return         null = the call has no key
     * @throws GrokVideoException if the message is a file whose video this program has already delivered
     */
    String key(Exchange exchange, String given, VideoAccount account, String requestHash) {
        exchange.removeProperty(PROPERTY);
        if (given != null) {
            return given;
        }
        GrokVideoComponent component = endpoint.getComponent();
        Optional<AutoJobKey> made = identities == null ? Optional.empty()
                : component.autoJobKeys().of(identities, exchange, endpoint.getOperation(), account.name(), requestHash);
        if (made.isEmpty()) {
            return null;
        }
        AutoJobKey key = made.get();
        component.deliveredFiles().find(key.key()).ifPresent(delivered -> {
            throw delivered.error(key);
        });
        component.warnIfNotDurable("autoJobKey");
        exchange.setProperty(PROPERTY, key);
        return key.key();
    }

    /** A call has delivered its job: the next call of this exchange at the same place is for another video. */
    void succeeded(Exchange exchange, VideoJob job) {
        if (!(exchange.removeProperty(PROPERTY) instanceof AutoJobKey key)) {
            return;
        }
        AutoJobKeys.succeeded(exchange, key);
        if (key.isOfFile() && endpoint.getOperation() == GrokVideoOperation.generate
                && endpoint.getConfiguration().getOutput() != GrokVideoOutput.url) {
            WorkCompletion.register(exchange, new WorkScope.Listener() {
                @Override
                public void done(boolean delivered) {
                    if (delivered) {
                        endpoint.getComponent().deliveredFiles().add(key.key(), job);
                    }
                }
            });
        }
    }

    /**
     * @param  own ids of the jobs that this call may have begun
     * @return     the same future; if the outcome is the failure of an earlier job, the error explains how this message is related to it
     */
    CompletableFuture<VideoJob> explained(Exchange exchange, List<String> own, CompletableFuture<VideoJob> video) {
        if (!(exchange.getProperty(PROPERTY) instanceof AutoJobKey key)) {
            return video;
        }
        return video.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw new CompletionException(cause instanceof GrokVideoException known ? explained(known, own, key) : cause);
        });
    }

    private static GrokVideoException explained(GrokVideoException failure, List<String> own, AutoJobKey key) {
        boolean earlier = failure.getJobId() != null && !own.contains(failure.getJobId());
        return earlier && isFinal(failure.getError().type()) ? explained(failure, key) : failure;
    }

    private static boolean isFinal(ErrorType type) {
        return type == ErrorType.JOB_FAILED || type == ErrorType.MODERATED || type == ErrorType.JOB_EXPIRED
                || type == ErrorType.CANCELLED;
    }

    private static GrokVideoException explained(GrokVideoException failure, AutoJobKey key) {
        JobError error = failure.getError();
        return error.withMessage(error.message() + ". This is the outcome of an earlier job for the same " + key.shown()
                + "; nothing was spent now. " + howToRepeat(key) + ", or onFailedKey=resubmit")
                .toException(failure.getJobId(), failure.getProvider());
    }

    /** @return how to get another video for a message, as the beginning of a sentence */
    static String howToRepeat(AutoJobKey key) {
        return "To make it again, and pay again: " + (key.isOfFile() ? "touch the file, or set a jobKey" : "set a jobKey");
    }

    static JobError alreadyDelivered(AutoJobKey key, String video) {
        return JobError.of(ErrorType.ALREADY_DELIVERED,
                "The " + key.shown() + " was already made into " + video + ". Nothing was spent now. " + howToRepeat(key), Charged.NO);
    }
}
