// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.VideoProvider;

/** Checks before anything is charged whether and how each image and video of a request can reach the gateway. */
public final class MediaPlan {

    private final Function<String, Optional<VideoJob>> jobs;

    /** @param jobs finds earlier jobs by our id */
    public MediaPlan(Function<String, Optional<VideoJob>> jobs) {
        this.jobs = jobs;
    }

    /** @return the request with model and mode filled in, {@code job:} media resolved, and all violations */
    public ResolvedRequest validate(VideoOrder order) {
        VideoAccount account = order.account();
        VideoRequest asked = order.request();
        if (asked.model() == null && account.model() != null) {
            asked = asked.toBuilder().model(account.model()).build();
        }
        List<Violation> unknownJobs = new ArrayList<>();
        VideoRequest named = withEarlierJobs(asked, account, unknownJobs);
        ResolvedRequest resolved = account.provider().resolve(named);
        List<Violation> violations = new ArrayList<>(unknownJobs);
        violations.addAll(resolved.violations());
        boolean publishes = order.mediaPublisher() != null;
        if (resolved.violations().stream().noneMatch(violation -> violation.field().equals("mode"))) {
            // The accepted media forms depend on the mode.
            violations.addAll(checkMedia(resolved, account.provider(), publishes));
        }
        return new ResolvedRequest(resolved.request(), violations, resolved.warnings(), resolved.estimate());
    }

    private static List<Violation> checkMedia(ResolvedRequest resolved, VideoProvider provider, boolean publishes) {
        VideoRequest request = resolved.request();
        Set<String> wrong = resolved.violations().stream().map(Violation::field).collect(Collectors.toSet());
        List<Violation> violations = new ArrayList<>();
        request.media().forEach((field, media) -> media.forEach(
                one -> check(request, field, one, provider, publishes, wrong).ifPresent(violations::add)));
        return violations;
    }

    private VideoRequest withEarlierJobs(VideoRequest request, VideoAccount account, List<Violation> unknown) {
        return request.withMedia((field, media) -> earlier(media, field, request, account, unknown));
    }

    private Media earlier(Media media, String field, VideoRequest request, VideoAccount account, List<Violation> unknown) {
        if (!(media instanceof Media.EarlierJob named)) {
            return media;
        }
        Optional<VideoJob> found = jobs.apply(named.jobId());
        if (found.isEmpty()) {
            unknown.add(new Violation(field, named.toString(), "no such job is known here"));
            return media;
        }
        VideoJob job = found.get();
        Set<MediaForm> forms = formsOf(request, field, account.provider());
        if (forms.contains(MediaForm.TASK) && job.taskId() != null && job.provider().equals(account.provider().name())) {
            return new Media.GatewayTask(job.taskId());
        }
        if (forms.contains(MediaForm.GATEWAY_FILE) && job.details().fileId() != null
                && job.provider().equals(account.provider().name())) {
            return new Media.GatewayFile(job.details().fileId());
        }
        if (job.hasFile()) {
            boolean urlIsEasier = job.url() != null && !forms.contains(MediaForm.UPLOAD) && forms.contains(MediaForm.URL);
            return urlIsEasier ? new Media.Url(job.url()) : new Media.LocalFile(job.file());
        }
        if (job.url() != null && job.state() != JobState.EXPIRED) {
            return new Media.Url(job.url());
        }
        unknown.add(new Violation(field, named.toString(), "that job is " + job.state() + " and has no video to use"));
        return media;
    }

    /** The forms depend on model and mode, which only resolve fills in. */
    private static Set<MediaForm> formsOf(VideoRequest request, String field, VideoProvider provider) {
        return provider.mediaForms(provider.resolve(request).request(), field);
    }

    /** @param wrong fields that already have a violation */
    private static Optional<Violation> check(
            VideoRequest request, String field, Media media, VideoProvider provider, boolean publishes, Set<String> wrong) {
        // A request may be untrusted: only permitted files of this machine are ever sent.
        Optional<Violation> unusable = LocalMedia.check(field, media);
        if (unusable.isPresent() || !(media instanceof Media.LocalFile || media instanceof Media.Bytes)) {
            return unusable;
        }
        Set<MediaForm> forms = provider.mediaForms(request, field);
        if (forms.isEmpty() && wrong.contains(field)) {
            // The mode does not accept the field at all, which is already a violation.
            return Optional.empty();
        }
        boolean sent = forms.contains(MediaForm.UPLOAD) || forms.contains(MediaForm.FILE_PART) || forms.contains(MediaForm.DATA_URI);
        if (sent || forms.contains(MediaForm.URL) && publishes) {
            return Optional.empty();
        }
        return Optional.of(new Violation(field, media.toString(), forms.contains(MediaForm.URL)
                ? provider.name()
                        + " takes public URLs only: give an http(s) URL, or set mediaPublisher to an endpoint that turns a file into one"
                : provider.name() + " takes no local file here"));
    }
}
