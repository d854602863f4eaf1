// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.jdbc.JobColumn;

/** Decides whether a submit creates a new job or attaches to one that was already paid for. Reads and writes the store. */
public final class SubmitDecision {

    private final JobBook book;
    private final OrderJobs orderJobs;
    private final JobTimer timer;
    private final Predicate<String> submitting;
    private final Membership membership;
    private final VideoFolders folders;
    private final boolean storePrompts;
    private final Instant begun;

    /** @param submitting whether this engine is submitting a NEW job */
    public SubmitDecision(EngineParts parts, OrderJobs orderJobs, Predicate<String> submitting) {
        this.orderJobs = orderJobs;
        this.book = parts.book();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.storePrompts = parts.settings().storePrompts();
        this.submitting = submitting;
        this.folders = parts.folders();
        this.begun = timer.now();
    }

    /**
     * Result of the decision.
     *
     * @param job        the job this submit refers to
     * @param request    what to send; null = nothing: it was already sent or is being sent elsewhere
     * @param leftBehind whether other callers may try to send it as well
     */
    public record Decision(VideoJob job, VideoRequest request, boolean leftBehind) {

        private static Decision attached(VideoJob job) {
            return new Decision(job, null, false);
        }
    }

    /**
     * @param  measure validates the request against its model's rules; called only if it may be sent
     * @throws InvalidRequestException nothing was stored
     * @throws io.github.grokvideo.component.error.JobKeyConflictException nothing was stored
     * @throws io.github.grokvideo.component.error.StoreUnavailableException the store does not answer, or the video could not be stored
     */
    public Decision decide(VideoOrder order, Supplier<ResolvedRequest> validation) {
        String hash = LocalMedia.hash(order.request(), order.account().provider().name());
        Optional<VideoJob> known = book.find(order.jobId());
        if (known.isEmpty() && order.jobKey() != null) {
            known = book.store().findByKey(order.account().name(), order.jobKey());
        }
        if (known.isPresent()) {
            Optional<Decision> attached = attach(order, known.get(), hash, validation);
            if (attached.isPresent()) {
                return attached.get();
            }
        }
        return create(order, hash, validation);
    }

    private Decision create(VideoOrder order, String hash, Supplier<ResolvedRequest> validation) {
        ResolvedRequest resolved = valid(order, validation);
        VideoRequest request = resolved.request();
        VideoJob job = VideoJob.create(order.jobId(), order.account().name(), order.account().provider().name(), timer.now(),
                changes -> JobTransitions.created(changes, membership.id(), order.labels().detached())
                        .jobKey(order.jobKey()).requestHash(hash).request(StoredRequest.of(order.request(), storePrompts))
                        .model(request.model()).mode(request.mode()).cost(resolved.estimate()).directory(order.directory())
                        .name(order.name()).details(details(order, request))
                        .urlOnly(order.urlOnly()).route(order.labels().route()).tag(order.labels().tag())
                        .metadata(order.labels().metadata()));
        List<Violation> unstorable = JobColumn.violations(job);
        if (!unstorable.isEmpty()) {
            throw InvalidRequestException.of(job.provider(), null, unstorable);
        }
        VideoJob stored = book.insert(job);
        if (stored == job) {
            return unlessElsewhere(order, new Decision(job, request, false));
        }
        // Another call with the same key, or for the same job, was faster.
        return attach(order, withKey(order, stored), hash, validation)
                .orElseThrow(() -> (stored.error() == null ? EngineErrors.withdrawn() : stored.error())
                        .toException(stored.id(), stored.provider()));
    }

    private static JobDetails details(VideoOrder order, VideoRequest request) {
        JobDetails details = JobDetails.NONE.withUploadTo(request.uploadUrl()).withPriority(order.priority())
                .withAttempts(order.attempts());
        return order.labels().unattended() ? details.withUnattended() : details;
    }

    /** A faster call for the same job may have found the key just freed by the previous job: the key must not be lost. */
    private VideoJob withKey(VideoOrder order, VideoJob stored) {
        if (!stored.id().equals(order.jobId()) || order.jobKey() == null
                || book.store().findByKey(stored.account(), order.jobKey()).isPresent()) {
            return stored;
        }
        return book.changed(stored.id(), job -> job.jobKey() == null && job.state() != JobState.REJECTED
                ? job.with(changes -> changes.jobKey(order.jobKey())) : job).orElse(stored);
    }

    private static void checkRequest(VideoOrder order, VideoJob known, String hash) {
        if (known.requestHash() != null && !known.requestHash().equals(hash)) {
            throw conflict(order, known);
        }
    }

    private static RuntimeException conflict(VideoOrder order, VideoJob known) {
        return EngineErrors.jobKeyConflict(order.jobKey(), known.id()).toException(known.id(), known.provider());
    }

    /** An id may be one for several accounts: a job must not be sent with another account's key and limits. */
    private static void checkSame(VideoOrder order, VideoJob known, String hash) {
        checkRequest(order, known, hash);
        if (!known.account().equals(order.account().name())) {
            throw conflict(order, known);
        }
    }

    /** With failover, another call with the same key may meanwhile have gone on to another account. */
    private Decision unlessElsewhere(VideoOrder order, Decision decision) {
        Optional<VideoJob> other = orderJobs.instead(order, decision.job());
        other.ifPresent(job -> checkRequest(order, job, decision.job().requestHash()));
        return other.map(job -> attached(order, job)).orElse(decision);
    }

    /** @return empty = the known job does not prevent a new one */
    private Optional<Decision> attach(VideoOrder order, VideoJob known, String hash, Supplier<ResolvedRequest> validation) {
        if (known.state() != JobState.REJECTED) {
            checkSame(order, known, hash);
        }
        boolean sameCall = known.id().equals(order.jobId());
        return switch (known.state()) {
            case NEW -> leftBehind(order, known, validation);
            case REJECTED -> {
                // Nothing was created: a new row replaces it, whatever its request and account, and competes for the key like any other.
                book.store().remove(known);
                yield Optional.empty();
            }
            case UNKNOWN -> order.submitUnknown() == VideoOrder.SubmitUnknown.RESUBMIT
                    ? Optional.of(again(order, known, validation)) : Optional.of(attached(order, known));
            case FAILED, MODERATED, EXPIRED, CANCELLED -> {
                if (!order.labels().detached() && DeliveryRules.isFetchable(known) && known.endedAt().isBefore(begun)) {
                    yield Optional.of(fetchedAgain(order, known));
                }
                if (sameCall || order.onFailedKey() == VideoOrder.OnFailedKey.FAIL) {
                    yield Optional.of(attached(order, reopened(order, known)));
                }
                // An invalid request must not cost the key.
                valid(order, validation);
                // Only the key moves to the new job; the old one stays for inspection.
                book.change(known.id(), job -> job.with(changes -> changes.jobKey(null)));
                yield Optional.empty();
            }
            default -> Optional.of(attached(order, known));
        };
    }

    /**
     * Left behind by a call whose store failed, or by a dead node: any caller may send it. Its state ensures that only one does.
     *
     * @return empty = it has been removed, since it was not sent
     */
    private Optional<Decision> leftBehind(VideoOrder order, VideoJob known, Supplier<ResolvedRequest> validation) {
        if (submitting.test(known.id()) || isOthers(known)) {
            return Optional.of(Decision.attached(known));
        }
        VideoRequest request = valid(order, validation).request();
        // Owned by this node from now on, since the takeover from the dead node removes that node's unsent jobs.
        return book.changed(known.id(), job -> JobTransitions.claimedUnsent(job, membership.id()))
                .map(job -> unlessElsewhere(order, new Decision(job, request, true)));
    }

    private boolean isOthers(VideoJob job) {
        return !membership.id().equals(job.node()) && membership.isAlive(job.node());
    }

    /** If the message of a dead node's job is redelivered here, this node owns the job and it is not for {@code completed}. */
    private Decision attached(VideoOrder order, VideoJob known) {
        return Decision.attached(order.labels().detached() ? known : book.changed(known.id(), job -> isOrphan(job)
                ? JobTransitions.attached(job, membership.id()) : job).orElse(known));
    }

    /**
     * The cause of the failed download may have been fixed since the last start. Once per start, since messages may be redelivered
     * repeatedly.
     */
    private Decision fetchedAgain(VideoOrder order, VideoJob known) {
        return attached(order, book.changed(known.id(), job -> DeliveryRules.isFetchable(job)
                && job.delivery().state() != JobDelivery.State.CLAIMED
                ? JobTransitions.fetchedAgain(job, JobDelivery.ATTACHED, membership.id()) : job).orElse(known));
    }

    /** Polls the gateway again if the job may have a video after all. */
    private VideoJob reopened(VideoOrder order, VideoJob known) {
        return !Reopening.isPossible(known) ? known : book.changed(known.id(), job -> Reopening.isPossible(job)
                ? JobTransitions.reopened(job, order.labels().detached() ? JobDelivery.DETACHED : JobDelivery.ATTACHED, membership.id())
                : job).orElse(known);
    }

    private boolean isOrphan(VideoJob job) {
        return switch (job.delivery().state()) {
            case ORPHANED, OFFERED -> true;
            case ATTACHED -> job.state().isWaiting() && !membership.isAlive(job.node());
            default -> false;
        };
    }

    /** The same job is submitted again, at the user's risk. Its state ensures that only one of several callers sends it. */
    private Decision again(VideoOrder order, VideoJob known, Supplier<ResolvedRequest> validation) {
        ResolvedRequest resolved = valid(order, validation);
        VideoRequest request = resolved.request();
        Optional<JobUpdate> update = book.change(known.id(), stored -> priced(stored,
                JobTransitions.resubmitted(stored, membership.id(), deliveryAgain(order, stored)), resolved));
        boolean mine = update.filter(JobUpdate::isApplied).isPresent();
        return new Decision(update.map(JobUpdate::after).orElse(known), mine ? request : null, false);
    }

    /** Prices may have changed since the job was stored. */
    private static VideoJob priced(VideoJob stored, VideoJob next, ResolvedRequest resolved) {
        return next == stored || resolved.estimate() == null ? next : next.with(changes -> changes.cost(resolved.estimate()));
    }

    private static JobDelivery deliveryAgain(VideoOrder order, VideoJob known) {
        if (!order.labels().detached()) {
            return JobDelivery.ATTACHED;
        }
        // With its own id, an operator resubmits the job: its message, which got the SUBMIT_UNKNOWN error, may be redelivered.
        return known.id().equals(order.jobId()) ? DeliveryRules.again(known) : JobDelivery.DETACHED;
    }

    private ResolvedRequest valid(VideoOrder order, Supplier<ResolvedRequest> validation) {
        ResolvedRequest resolved = validation.get();
        if (!resolved.violations().isEmpty()) {
            throw InvalidRequestException.of(
                    order.account().provider().name(), resolved.request().model(), resolved.violations());
        }
        Optional<JobError> unusableDirectory = order.urlOnly() ? Optional.empty() : folders.unusable(order.directory());
        if (unusableDirectory.isPresent()) {
            throw unusableDirectory.get().toException(null, order.account().provider().name());
        }
        return resolved;
    }
}
