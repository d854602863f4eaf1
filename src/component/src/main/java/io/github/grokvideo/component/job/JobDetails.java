// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import io.github.grokvideo.component.error.JobError;

/**
 * What not every job has.
 *
 * @param uploadTo      where the gateway puts the video itself, without the query, which is a secret; null = it does not
 * @param uploads       ids of the files that this job has uploaded to the gateway, to be deleted when it has ended; never null
 * @param answeredModel the model that the gateway says it has used; null = not reported
 * @param fileId        id under which the gateway keeps the video beyond the life of its URL; null = it does not
 * @param publicUrl     URL under which the gateway has published the video; null = none
 * @param storageError  why the gateway could not keep or publish the video; null = no error
 * @param handedTo      where a route says it has put the video; null = it has not said
 * @param priority      among the waiting jobs of the same account and tag, from {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY};
 *                      higher ones are sent first
 * @param charge        what it costs; null = it was never submitted by the component, or by a version that did not know that
 * @param attempts      what other accounts had answered before this job was made (option {@code failover}), in order; never null
 * @param openUntil     when the gateway last said that the video was not done; null = not known, or it is not done
 * @param unattended    whether nobody takes its outcome: it is delivered once its video is in its directory
 */
public record JobDetails(
        String uploadTo, List<String> uploads, String answeredModel, String fileId, String publicUrl, String storageError,
        String handedTo, int priority, JobCharge charge, List<JobError.Attempt> attempts, Instant openUntil,
        boolean unattended) {

    /** The lowest priority of a job; the default is 0. */
    public static final int LOWEST_PRIORITY = -9;
    /** The highest priority of a job; the default is 0. */
    public static final int HIGHEST_PRIORITY = 9;

    /** No details. */
    public static final JobDetails NONE = new JobDetails(null, null, null, null, null, null, null, 0, null, null, null, false);

    private static final int MAX_PLACE = 500;

    /**
     * @param uploadTo      without the query; null = none
     * @param uploads       copied; null = none
     * @param answeredModel null = not reported
     * @param fileId        null = none
     * @param publicUrl     null = none
     * @param storageError  null = no error
     * @param handedTo      null = not said
     * @param priority      0 = the default
     * @param charge        null = none
     * @param attempts      copied; null = none
     * @param openUntil     null = not known
     * @param unattended    whether nobody takes its outcome
     */
    public JobDetails {
        uploads = uploads == null ? List.of() : List.copyOf(uploads);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /**
     * @param  url where the gateway puts the video, with or without its query; null = nowhere
     * @return     these details with that address, without its query
     */
    public JobDetails withUploadTo(String url) {
        return with(copy -> copy.uploadTo = SignedUrl.masked(url));
    }

    /**
     * @param  ids of files at the gateway
     * @return     these details with those uploads
     */
    public JobDetails withUploads(List<String> ids) {
        return with(copy -> copy.uploads = ids);
    }

    /**
     * @param  place for people: a path, the key of an object, a mail address; of a URL the query is left out, and of a long text the end
     * @return       these details with that place
     */
    public JobDetails withHandedTo(String place) {
        String shown = SignedUrl.masked(place);
        return with(copy -> copy.handedTo = shown != null && shown.length() > MAX_PLACE ? shown.substring(0, MAX_PLACE) : shown);
    }

    /**
     * @param  elsewhere whether the gateway has put the video at {@link #uploadTo}
     * @return           where the video went, for people; null = it is here, or nobody has said where
     */
    public String place(boolean elsewhere) {
        return elsewhere ? uploadTo : handedTo;
    }

    /**
     * @param  value from {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}
     * @return       these details with that priority
     */
    public JobDetails withPriority(int value) {
        return with(copy -> copy.priority = value);
    }

    /**
     * @param  value of a user
     * @return       whether it is a priority
     */
    public static boolean isPriority(int value) {
        return value >= LOWEST_PRIORITY && value <= HIGHEST_PRIORITY;
    }

    /**
     * @param  value what the job costs; null = nothing yet
     * @return       these details with that charge
     */
    public JobDetails withCharge(JobCharge value) {
        return with(copy -> copy.charge = value);
    }

    /**
     * @param  earlier what other accounts had answered before
     * @return         these details with those attempts
     */
    public JobDetails withAttempts(List<JobError.Attempt> earlier) {
        return with(copy -> copy.attempts = earlier);
    }

    /** @return these details of a job whose outcome nobody takes */
    public JobDetails withUnattended() {
        return with(copy -> copy.unattended = true);
    }

    /**
     * @param  at when the gateway last said that the video was not done
     * @return    these details with that time
     */
    public JobDetails withOpenUntil(Instant at) {
        return with(copy -> copy.openUntil = at);
    }

    /**
     * @param  reported what the gateway reports about the video
     * @return          these details, with those of the other that are not null
     */
    public JobDetails withResult(JobDetails reported) {
        return with(copy -> {
            copy.answeredModel = either(reported.answeredModel, answeredModel);
            copy.fileId = either(reported.fileId, fileId);
            copy.publicUrl = either(reported.publicUrl, publicUrl);
            copy.storageError = either(reported.storageError, storageError);
        });
    }

    private static String either(String value, String other) {
        return value != null ? value : other;
    }

    /**
     * @param  answeredModel null = not reported
     * @param  fileId        null = none
     * @param  publicUrl     null = none
     * @param  storageError  null = no error
     * @return               what a gateway reports about a video
     */
    public static JobDetails ofResult(String answeredModel, String fileId, String publicUrl, String storageError) {
        return NONE.with(copy -> {
            copy.answeredModel = answeredModel;
            copy.fileId = fileId;
            copy.publicUrl = publicUrl;
            copy.storageError = storageError;
        });
    }

    private JobDetails with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.details();
    }

    /** The one place that knows the order of the components. */
    private static final class Copy {

        private String uploadTo;
        private List<String> uploads;
        private String answeredModel;
        private String fileId;
        private String publicUrl;
        private String storageError;
        private String handedTo;
        private int priority;
        private JobCharge charge;
        private List<JobError.Attempt> attempts;
        private Instant openUntil;
        private boolean unattended;

        Copy(JobDetails of) {
            uploadTo = of.uploadTo;
            uploads = of.uploads;
            answeredModel = of.answeredModel;
            fileId = of.fileId;
            publicUrl = of.publicUrl;
            storageError = of.storageError;
            handedTo = of.handedTo;
            priority = of.priority;
            charge = of.charge;
            attempts = of.attempts;
            openUntil = of.openUntil;
            unattended = of.unattended;
        }

        JobDetails details() {
            return new JobDetails(uploadTo, uploads, answeredModel, fileId, publicUrl, storageError, handedTo, priority, charge, attempts,
                    openUntil, unattended);
        }
    }
}
