// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * One stored change of a job, and what it means. No side effects.
 *
 * @param before   null = the job is new
 * @param after    the job as stored
 * @param at       when this node was notified
 * @param lastPoll when the previous status query was answered, else when the job was accepted; null = not seen by this node
 */
public record JobChange(VideoJob before, VideoJob after, Instant at, Instant lastPoll) {

    /** How a POST ended. */
    public enum SubmitOutcome {
        ACCEPTED, REJECTED, REPEATED, UNKNOWN
    }

    public boolean isStateChange() {
        return before == null || before.state() != after.state();
    }

    /** @return empty = no POST ended with this change */
    public Optional<SubmitOutcome> submitOutcome() {
        if (before == null || before.state() != JobState.SUBMITTING || after.state() == JobState.SUBMITTING) {
            return Optional.empty();
        }
        return Optional.of(switch (after.state()) {
            case NEW -> SubmitOutcome.REPEATED;
            case REJECTED -> SubmitOutcome.REJECTED;
            case UNKNOWN -> SubmitOutcome.UNKNOWN;
            default -> SubmitOutcome.ACCEPTED;
        });
    }

    /** Whether this change records a status query, answered or not. */
    public boolean isPoll() {
        // The query that ends a job is not counted in the row.
        return before != null && (after.polls() > before.polls() || isAsked(before) && after.state().isEnded());
    }

    private static boolean isAsked(VideoJob job) {
        return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING;
    }

    /** Whether a status query gave no information: no answer, 5xx, 429. */
    public boolean isPollWithoutAnswer() {
        return isPoll() && after.misses() > before.misses();
    }

    public boolean isDownloadBegun() {
        return before != null && after.downloads() > before.downloads();
    }

    public boolean isRendered() {
        return before != null && before.renderedAt() == null && after.renderedAt() != null;
    }

    /** Whether the job ended with this change: nothing more happens to it by itself. */
    public boolean isEnd() {
        return isOver(after) && (before == null || !isOver(before));
    }

    private static boolean isOver(VideoJob job) {
        return job.state().isEnded() || job.state() == JobState.RENDERED && job.urlOnly();
    }

    /** Whether the job ended with a video. */
    public boolean isGoodEnd() {
        return isEnd() && (after.state() == JobState.DELIVERED || after.state() == JobState.RENDERED);
    }

    /** @return the time from ACCEPTED until the video was seen or the job ended without one; empty = not with this change, or unknown */
    public Optional<Duration> waited() {
        boolean endedWithout = isEnd() && after.renderedAt() == null;
        Instant end = isRendered() ? after.renderedAt() : endedWithout ? after.endedAt() : null;
        return end == null || after.acceptedAt() == null ? Optional.empty() : Optional.of(between(after.acceptedAt(), end));
    }

    /** @return upper bound of the time the finished video was not noticed */
    public Optional<Duration> lag() {
        return isPoll() && isRendered() && lastPoll != null ? Optional.of(between(lastPoll, at)) : Optional.empty();
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    /**
     * The cost that became certain with this change: the video exists, or the gateway charges for a job without one. Reported once for each
     * job that was submitted here.
     */
    public Optional<Cost> spent() {
        if (after.cost() == null || after.submits() == 0) {
            return Optional.empty();
        }
        boolean chargedWithout = isEnd() && after.renderedAt() == null && after.error() != null
                && after.error().charged() == Charged.YES;
        return isRendered() || chargedWithout ? Optional.of(after.cost()) : Optional.empty();
    }
}
