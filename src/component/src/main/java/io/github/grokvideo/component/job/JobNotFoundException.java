package io.github.grokvideo.component.job;

/** No job of that id is known, here or at the gateway. */
public class JobNotFoundException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public JobNotFoundException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
