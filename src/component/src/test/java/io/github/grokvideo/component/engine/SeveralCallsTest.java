// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.SignedUrl;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import org.junit.jupiter.api.Test;

/** Status queries and uploads of more than one call, and what follows the last. */
class SeveralCallsTest extends EngineTestBase {

    private void submitRequest(VideoRequest request) {
        submit(VideoOrder.builder("job-1", gateway.account(), request).waiter(waiter).build());
    }

    private List<String> paths(String method) {
        return gateway.calls.stream().filter(call -> call.method().equals(method)).map(HttpCall::path).toList();
    }

    @Test
    void aStatusQueryGoesOnWithTheNextCall() {
        gateway.pollScript.addAll(List.of(
                TestGateway.status(206), TestGateway.status(206), TestGateway.status(200, "http://files.test/cat.mp4")));
        submitRequest(VideoRequest.ofPrompt("a cat"));

        timer.advance(Duration.ofSeconds(6));

        assertThat(paths("GET")).containsExactly("/poll/task-1", "/poll/task-1/result/1", "/poll/task-1/result/2");
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").polls()).as("one query").isEqualTo(1);
    }

    @Test
    void aProviderThatAsksInCirclesIsToldAndTheJobStaysOpen() {
        for (int i = 0; i < 3; i++) {
            gateway.pollScript.add(TestGateway.status(206));
        }
        submitRequest(VideoRequest.ofPrompt("a cat"));

        timer.advance(Duration.ofSeconds(6));

        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(engine.operations().lastPoll("job-1").orElseThrow()).contains("asks for more than 3 calls");
    }

    @Test
    void aSlipInTheSecondCallIsAskedAgainFromTheFirst() {
        gateway.pollScript.addAll(List.of(TestGateway.status(206), TestGateway.lost(), TestGateway.status(206),
                TestGateway.status(200, "http://files.test/cat.mp4")));
        submitRequest(VideoRequest.ofPrompt("a cat"));

        timer.advance(Duration.ofMinutes(2));

        assertThat(paths("GET").get(2)).isEqualTo("/poll/task-1");
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aVideoThatTheGatewayPutsElsewhereIsASuccessWithoutAFile() {
        submitRequest(VideoRequest.builder().prompt("a cat").uploadUrl("https://bucket.test/cat.mp4?X-Amz-Signature=s3cret").build());
        var caller = await("job-1", Duration.ofMinutes(5));
        gateway.pollScript.add(TestGateway.status(200, ""));

        timer.advance(Duration.ofSeconds(6));

        assertThat(caller.join().isElsewhere()).isTrue();
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        assertThat(job("job-1").details().uploadTo()).isEqualTo("https://bucket.test/cat.mp4");
        assertThat(job("job-1").cost()).hasToString("0.25 USD");
        assertThat(gateway.downloads).isEmpty();
        engine.urlDelivered("job-1");
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(await("job-1", Duration.ZERO).join().isElsewhere()).as("awaited again").isTrue();
    }

    @Test
    void theSamePlaceSignedAgainIsTheSameRequest() {
        submit(keyed("job-1", "https://bucket.test/cat.mp4?X-Amz-Signature=one"));
        submit(keyed("job-2", "https://bucket.test/cat.mp4?X-Amz-Signature=two"));
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(error(submit(keyed("job-3", "https://bucket.test/dog.mp4?X-Amz-Signature=one")))).hasMessageContaining("jobKey");
    }

    private VideoOrder keyed(String jobId, String url) {
        return VideoOrder.builder(jobId, gateway.account(), VideoRequest.builder().prompt("a cat").uploadUrl(url).build())
                .jobKey("key").waiter(waiter).build();
    }

    @Test
    void uploadsAreDeletedWhenTheGatewayNeedsThemNoMore() {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD, MediaForm.GATEWAY_FILE);
        gateway.keepsFiles = true;
        submitRequest(VideoRequest.builder().prompt("a cat").image(png()).image(Media.of("file_id:mine")).build());
        assertThat(job("job-1").details().uploads()).hasSize(1).doesNotContain("mine");
        assertThat(paths("DELETE")).isEmpty();

        timer.advance(Duration.ofMinutes(1));

        assertThat(paths("DELETE")).containsExactly("/upload/" + job("job-1").details().uploads().get(0));
    }

    @Test
    void anUnknownJobsUploadsStay() {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD, MediaForm.GATEWAY_FILE);
        gateway.keepsFiles = true;
        gateway.submitScript.add(TestGateway.lost());

        submitRequest(VideoRequest.builder().prompt("a cat").image(png()).build());

        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(paths("DELETE")).isEmpty();
    }

    @Test
    void aFileIsSentToThePlaceThatTheGatewayNames() {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD, MediaForm.URL);
        gateway.namesPlaces = true;
        gateway.uploadScript.addAll(List.of(TestGateway.status(200, "http://place.test/cat.png"), TestGateway.status(200)));

        submitRequest(VideoRequest.builder().prompt("a cat").image(png()).build());

        HttpCall put = gateway.calls.stream().filter(call -> call.method().equals("PUT")).findFirst().orElseThrow();
        assertThat(put.path()).isEqualTo("/cat.png");
        assertThat(put.headers()).containsEntry("X-Place", "1");
        assertThat(((HttpCall.FileBytes) put.body()).contentType()).isEqualTo("image/png");
        assertThat(((HttpCall.Json) gateway.calls.get(gateway.calls.size() - 1).body()).content().at("/images/0").asText())
                .isEqualTo(SignedUrl.masked("http://place.test/cat.png"));
    }

    @Test
    void aPlaceThatRefusesTheFileCostsNothing() {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD, MediaForm.URL);
        gateway.namesPlaces = true;
        gateway.uploadScript.addAll(List.of(TestGateway.status(200, "http://place.test/cat.png"), TestGateway.status(403)));

        var failed = engine.submit(VideoOrder.builder("job-1", gateway.account(),
                VideoRequest.builder().prompt("a cat").image(png()).build()).waiter(waiter).build());
        timer.runDue();

        assertThat(error(failed)).isInstanceOf(SubmitRejectedException.class).hasMessageContaining("HTTP 403")
                .hasMessageNotContaining("s3cret");
        assertThat(gateway.posts()).isZero();
    }

    private static Media png() {
        return new Media.Bytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'}, "image/png");
    }
}
