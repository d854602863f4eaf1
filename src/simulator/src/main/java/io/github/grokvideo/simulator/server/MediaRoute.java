// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.fault.FaultStage;
import io.github.grokvideo.simulator.gateway.Answer;
import io.github.grokvideo.simulator.gateway.FaultAnswers;
import io.github.grokvideo.simulator.gateway.UrlSigner;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.job.SimulatedJobs;
import io.github.grokvideo.simulator.log.RequestKind;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Serves finished videos under their signed URLs, with the download faults. */
final class MediaRoute {

    private static final String DENIED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>";

    private final SimulatedJobs jobs;
    private final FaultPlan plan;
    private final UrlSigner urls;
    private final Journal journal;
    private final Replies replies;

    MediaRoute(SimulatedJobs jobs, FaultPlan plan, UrlSigner urls, Journal journal, Replies replies) {
        this.jobs = jobs;
        this.plan = plan;
        this.urls = urls;
        this.journal = journal;
        this.replies = replies;
    }

    /** A request below {@link UrlSigner#FILES}. */
    void byUrl(HttpServerRequest request, Context context) {
        Optional<SimulatedJob> found = UrlSigner.taskId(request.path()).flatMap(jobs::find)
                .filter(job -> !job.marked(JobMark.DELETED));
        String gateway = request.path().substring(UrlSigner.FILES.length()).split("/")[0];
        Map<String, String> query = new HashMap<>();
        request.params().forEach(query::put);
        if (found.isEmpty()) {
            refuse(request, gateway, 404, "NoSuchKey", "The specified key does not exist.", null);
        } else if (!urls.valid(found.get(), query) || found.get().state() != SimulatedJobState.DONE) {
            refuse(request, gateway, 403, "AccessDenied", "Request has expired or the signature does not match", null);
        } else {
            serve(request, context, found.get());
        }
    }

    /** Serves the video of a job to an authorized request. */
    void serve(HttpServerRequest request, Context context, SimulatedJob job) {
        boolean get = request.method().equals(HttpMethod.GET);
        if (!get && !request.method().equals(HttpMethod.HEAD)) {
            refuse(request, job.gateway(), 405, "MethodNotAllowed", "GET or HEAD", null);
            return;
        }
        Optional<Fault> fault = !get ? Optional.empty()
                : job.takeFault(FaultStage.DOWNLOAD).or(() -> plan.take(job.gateway(), FaultStage.DOWNLOAD));
        if (fault.isPresent() && insteadOfVideo(request, job, fault.get())) {
            return;
        }
        if (get) {
            job.downloading();
        }
        job.video().whenComplete((file, failure) -> context.runOnContext(ready -> {
            if (failure != null) {
                refuse(request, job.gateway(), 500, "InternalError", String.valueOf(failure.getMessage()), null);
            } else {
                new MediaReply(request, context, job, file, fault.orElse(null)).send(
                        (status, name) -> journal.note(request, job.gateway(), RequestKind.DOWNLOAD, status, name, new byte[0]));
            }
        }));
    }

    /** Sends another answer than the video, if the fault requires it. */
    private boolean insteadOfVideo(HttpServerRequest request, SimulatedJob job, Fault fault) {
        FaultKind kind = fault.kind();
        switch (kind) {
            case DOWNLOAD_EXPIRED -> {
                job.expireUrl(Boolean.parseBoolean(fault.option("fresh", "true")));
                refuse(request, job.gateway(), 403, "AccessDenied", "Request has expired", kind.id());
            }
            case DOWNLOAD_403, DOWNLOAD_404, DOWNLOAD_429, DOWNLOAD_500, DOWNLOAD_503 -> {
                String retryAfter = fault.option("retry-after", kind == FaultKind.DOWNLOAD_429 ? "1" : "");
                if (!retryAfter.isEmpty()) {
                    request.response().putHeader("retry-after", retryAfter);
                }
                refuse(request, job.gateway(), kind.status(), "SimulatedFault", kind.id(), kind.id());
            }
            case DOWNLOAD_REDIRECT -> redirect(request, job, fault.option("to", urls.url(job) + "&redirected=1"), kind);
            case DOWNLOAD_REDIRECT_PRIVATE -> redirect(request, job,
                    fault.option("to", "http://169.254.169.254/latest/meta-data/video.mp4"), kind);
            case DOWNLOAD_HTML -> reply(request, job.gateway(), FaultAnswers.html(200), kind.id());
            case DOWNLOAD_EMPTY -> {
                request.response().putHeader("content-type", "video/mp4");
                reply(request, job.gateway(), Answer.text(200, "video/mp4", ""), kind.id());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void redirect(HttpServerRequest request, SimulatedJob job, String target, FaultKind kind) {
        request.response().putHeader("location", target);
        reply(request, job.gateway(), Answer.text(302, "text/plain", ""), kind.id());
    }

    private void refuse(HttpServerRequest request, String gateway, int status, String code, String message, String fault) {
        reply(request, gateway, Answer.text(status, "application/xml", DENIED.formatted(code, message)), fault);
    }

    private void reply(HttpServerRequest request, String gateway, Answer answer, String fault) {
        journal.note(request, gateway, RequestKind.DOWNLOAD, answer.status(), fault, new byte[0]);
        replies.send(request, answer);
    }
}
