package io.github.grokvideo.component.job;

/** The job store does not answer; without it nothing is sent, since a paid job could be lost. */
public class StoreUnavailableException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
