// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.FileExist;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.job.VideoRequest;

/** Jobs with something in every field. */
public final class Jobs {

    private Jobs() {
    }

    public static VideoJob full(String id) {
        return VideoJob.create(id, "team", "toapis", JobStoreContract.T0, job -> job
                .model("grok-imagine").mode(Mode.EDIT).jobKey("key of " + id).requestHash("ab12").request(request())
                .state(JobState.DOWNLOADED).taskId("task of " + id).progress(42).submittedAt(JobStoreContract.T0.plusMillis(500))
                .acceptedAt(JobStoreContract.T0.plusSeconds(1)).runningAt(JobStoreContract.T0.plusMillis(1500))
                .renderedAt(JobStoreContract.T0.plusSeconds(2)).downloadedAt(JobStoreContract.T0.plusSeconds(3))
                .endedAt(JobStoreContract.T0.plusSeconds(4)).submits(1).polls(2).downloads(3).url("https://media.example/v.mp4?part=7")
                .urlExpiresAt(JobStoreContract.T0.plusSeconds(5)).urlOnly(true).directory(Path.of("/videos/Ünï"))
                .name(VideoName.of("猫", FileExist.Fail).withTaken("猫-2.mp4")).file(Path.of("rel/v.mp4"))
                .size(1L << 40).sha256("cd34").cost(Cost.usd("0.40").asEstimate())
                .error(new JobError(ErrorType.JOB_FAILED, "no \"luck\"\0 \uD83D\uDC08 \uD83D", Charged.UNKNOWN, true, 503, "E1", "req-9"))
                .route("route-1").tag("customer-7").metadata(Map.of("replyTo", "queue:answers", "\uD83D", "猫")).node("node-1")
                .holder("work-1").misses(3)
                .details(JobDetails.ofResult("grok-imagine-2", "file-1", "https://cdn.example/a.mp4", "quota").withUploads(List.of("up-1"))
                        .withUploadTo("https://bucket.example/v.mp4?sig=1").withHandedTo("s3://videos/猫.mp4")
                        .withPriority(-3).withUnattended().withOpenUntil(JobStoreContract.T0.plusSeconds(1)).withAttempts(List.of(
                                new JobError.Attempt("poor", "xai", "job-0",
                                        JobError.of(ErrorType.INSUFFICIENT_CREDIT, "no credit", Charged.NO),
                                        JobStoreContract.T0.minusMillis(1)),
                                new JobError.Attempt("other", "fal", null, JobError.of(ErrorType.UNSUPPORTED, "猫", Charged.NO),
                                        JobStoreContract.T0))))
                .delivery(new JobDelivery(JobDelivery.State.OFFERED, JobStoreContract.T0.plusSeconds(6), 2)));
    }

    public static VideoRequest request() {
        return VideoRequest.builder().model("grok-imagine").mode(Mode.REFERENCE_TO_VIDEO).prompt("a cat 猫 \uD83D\uDC08\0")
                .negativePrompt("dogs").duration(6).aspectRatio("16:9").resolution("720p")
                .images(List.of(new Media.Url("https://a.example/i.png?x=1"), new Media.LocalFile(Path.of("job:not")),
                        new Media.Bytes(new byte[] { 0, -1, 127 }, "image/png"), new Media.Bytes(new byte[0], null),
                        new Media.GatewayFile("f-1"), new Media.EarlierJob("j-1"), new Media.GatewayTask("t-1")))
                .video(new Media.Url("data:video/mp4;base64,AAAA")).style("fun").seed(1L << 40).strength(0.25).cameraMotion("dolly-in")
                .editRegion("sky").outputQuality("high").generateAudio(true).nsfwChecker(false).inputVideoSeconds(9).user("u-1")
                .callbackUrl("https://me.example/done").firstFrame(new Media.GatewayFile("f-2"))
                .lastFrame(new Media.Url("https://a.example/z.png")).keyframe(new Media.LocalFile(Path.of("k.png")), 4.5)
                .voices(List.of("ara", "rex")).uploadUrl("https://bucket.example/v.mp4?sig=1")
                .storage(new ResultStorage("kept.mp4", 7200, true))
                .additionalFields(Map.of("a", List.of(1, "x", Map.of("deep", true)), "b", 0.5))
                .build();
    }
}
