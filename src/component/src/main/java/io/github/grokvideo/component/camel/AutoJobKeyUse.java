// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

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

/**
 * What the option {@code autoJobKey} means to one producer: its calls get their keys here, and errors say what a key has to do with them.
 */
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
     * @param  given   the key that the message or the endpoint brings; null = none
     * @param  account who pays for the call
     * @return         null = the call has no key
     * @throws GrokVideoException where the message is a file that was made into a video by this program already
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

    /** A call has handed on its job: the next one of this exchange in the same place is for another video. */
    void endedWell(Exchange exchange, VideoJob job) {
        if (!(exchange.removeProperty(PROPERTY) instanceof AutoJobKey key)) {
            return;
        }
        AutoJobKeys.endedWell(exchange, key);
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

    /** @return the same, but that the bad end of an earlier job says why this message has to do with it */
    CompletableFuture<VideoJob> explained(Exchange exchange, String jobId, CompletableFuture<VideoJob> video) {
        if (!(exchange.getProperty(PROPERTY) instanceof AutoJobKey key)) {
            return video;
        }
        return video.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw new CompletionException(cause instanceof GrokVideoException known ? explained(known, jobId, key) : cause);
        });
    }

    private static GrokVideoException explained(GrokVideoException failure, String jobId, AutoJobKey key) {
        boolean earlier = failure.getJobId() != null && !failure.getJobId().equals(jobId);
        return earlier && isFinal(failure.getError().type()) ? explained(failure, key) : failure;
    }

    private static boolean isFinal(ErrorType type) {
        return type == ErrorType.JOB_FAILED || type == ErrorType.MODERATED || type == ErrorType.JOB_EXPIRED;
    }

    private static GrokVideoException explained(GrokVideoException failure, AutoJobKey key) {
        JobError error = failure.getError();
        return error.withMessage(error.message() + ". This is the outcome of the job that was made from the same " + key.shown()
                + " before; nothing was spent now. " + anew(key) + ", or onFailedKey=resubmit")
                .toException(failure.getJobId(), failure.getProvider());
    }

    /** @return how a message is made into another video, as the beginning of a sentence */
    static String anew(AutoJobKey key) {
        return "To make it anew, and pay again: " + (key.isOfFile() ? "touch the file, or give a jobKey" : "give a jobKey");
    }

    static JobError alreadyDelivered(AutoJobKey key, String video) {
        return JobError.of(ErrorType.ALREADY_DELIVERED,
                "The " + key.shown() + " was already made into " + video + ". Nothing was spent now. " + anew(key), Charged.NO);
    }
}
