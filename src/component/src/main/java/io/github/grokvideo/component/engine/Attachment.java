package io.github.grokvideo.component.engine;

import java.util.Optional;
import java.util.function.Supplier;
import io.github.grokvideo.component.job.InvalidRequestException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.RequestHash;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.ResolvedRequest;

/** Decides whether a submit makes a new job or attaches to one that was paid for already. Reads and writes the store. */
final class Attachment {

    private final JobBook book;
    private final JobTimer timer;

    Attachment(JobBook book, JobTimer timer) {
        this.book = book;
        this.timer = timer;
    }

    /**
     * @param job     the job this submit stands for
     * @param request what is to be sent for it; null = nothing, it was sent already or somebody else is sending it
     */
    record Decision(VideoJob job, VideoRequest request) {
    }

    /**
     * @param  measure the request against its model's rules, asked only when it may be sent
     * @throws InvalidRequestException                                    nothing was stored
     * @throws io.github.grokvideo.component.job.JobKeyConflictException nothing was stored
     */
    Decision decide(VideoOrder order, Supplier<ResolvedRequest> measure) {
        String hash = RequestHash.of(order.request());
        Optional<VideoJob> known = book.find(order.jobId());
        if (known.isEmpty() && order.jobKey() != null) {
            known = book.store().findByKey(order.account().name(), order.jobKey());
        }
        if (known.isPresent()) {
            Optional<Decision> attached = attach(order, known.get(), hash, measure);
            if (attached.isPresent()) {
                return attached.get();
            }
        }
        return create(order, hash, measure);
    }

    private Decision create(VideoOrder order, String hash, Supplier<ResolvedRequest> measure) {
        ResolvedRequest resolved = valid(order, measure);
        VideoRequest request = resolved.request();
        VideoJob job = VideoJob.create(order.jobId(), order.account().name(), order.account().provider().name(), timer.now(),
                changes -> changes.jobKey(order.jobKey()).requestHash(hash).request(StoredRequest.of(order.request()))
                        .model(request.model()).mode(request.mode()).cost(resolved.estimate()).directory(order.directory())
                        .urlOnly(order.urlOnly()));
        VideoJob stored = insert(job);
        if (stored == job) {
            return new Decision(job, request);
        }
        // Another call with the same key was faster.
        return attach(order, stored, hash, measure).orElseThrow(() -> stored.error().toException(stored.id(), stored.provider()));
    }

    private VideoJob insert(VideoJob job) {
        try {
            return book.insert(job);
        } catch (StoreUnavailableException away) {
            book.rejectUnsent(job.id(), away);
            throw away;
        }
    }

    /** @return empty = the known job stands in no new job's way */
    private Optional<Decision> attach(VideoOrder order, VideoJob known, String hash, Supplier<ResolvedRequest> measure) {
        if (known.requestHash() != null && !known.requestHash().equals(hash)) {
            throw Failures.jobKeyConflict(order.jobKey(), known.id()).toException(known.id(), known.provider());
        }
        boolean sameCall = known.id().equals(order.jobId());
        return switch (known.state()) {
            case REJECTED -> {
                // Nothing was created: a new row takes its place, and competes for the key like any other.
                book.store().remove(known);
                yield Optional.empty();
            }
            case UNKNOWN -> order.submitUnknown() == VideoOrder.SubmitUnknown.RESUBMIT
                    ? Optional.of(again(order, known, measure)) : Optional.of(new Decision(known, null));
            case FAILED, MODERATED, EXPIRED -> {
                if (sameCall || order.onFailedKey() == VideoOrder.OnFailedKey.FAIL) {
                    yield Optional.of(new Decision(known, null));
                }
                // Only the key moves on to the new job: the old one stays to be looked at.
                book.change(known.id(), job -> job.with(changes -> changes.jobKey(null)));
                yield Optional.empty();
            }
            default -> Optional.of(new Decision(known, null));
        };
    }

    /** The same job is sent again, at the user's risk. Its state decides who of several callers sends it. */
    private Decision again(VideoOrder order, VideoJob known, Supplier<ResolvedRequest> measure) {
        VideoRequest request = valid(order, measure).request();
        boolean[] mine = new boolean[1];
        try {
            VideoJob job = book.change(known.id(), stored -> {
                mine[0] = stored.state() == JobState.UNKNOWN;
                return mine[0] ? stored.with(changes -> changes.state(JobState.NEW).error(null).endedAt(null)) : stored;
            }).orElse(known);
            return new Decision(job, mine[0] ? request : null);
        } catch (StoreUnavailableException away) {
            // It may have been stored: in doubt it stays, with the error it had.
            book.changeSurely(known.id(), job -> job.state() == JobState.NEW
                    ? book.ending(JobState.UNKNOWN, changes -> changes.error(known.error())).apply(job) : job,
                    job -> { }, "unknown as before");
            throw away;
        }
    }

    private static ResolvedRequest valid(VideoOrder order, Supplier<ResolvedRequest> measure) {
        ResolvedRequest resolved = measure.get();
        if (!resolved.violations().isEmpty()) {
            throw InvalidRequestException.of(
                    order.account().provider().name(), resolved.request().model(), resolved.violations());
        }
        return resolved;
    }
}
