// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.WebhookResult.Outcome;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any node may receive a notice. */
class ClusterWebhookTest extends ClusterTestBase {

    private VideoAccount account;

    @BeforeEach
    void webhooks() {
        account = WebhookTest.account(cluster.gateway.account(),
                new AccountWebhooks(new WebhookTest.PathRules(), new WebhookKeys(List.of("s"), List.of()), null, null));
        a.engine.register(account);
        b.engine.register(account);
    }

    private void submitted(boolean detached) {
        cluster.gateway.pollScript.add(TestGateway.status(202, "50"));
        a.engine.submit(VideoOrder.builder("job-1", account, VideoRequest.ofPrompt("a cat")).waiter(this)
                .labels(new OrderLabels("route", "tag", Map.of(), detached, false)).build());
        pass(700);
        assertThat(cluster.gateway.polls()).isEqualTo(1);
    }

    private WebhookResult notice(TestCluster.Node node, String noticeId) {
        WebhookResult result = node.engine.notice(account, new WebhookNotice("/task-1/" + noticeId, null, null)).join();
        pass(2);
        return result;
    }

    @Test
    void aDetachedJobIsBroughtForwardWhoeverReceivesTheNotice() {
        submitted(true);
        cluster.gateway.pollScript.add(TestGateway.status(200, "http://files.test/cat.mp4"));

        WebhookResult result = notice(b, "n-1");

        assertThat(result.outcome()).isEqualTo(Outcome.POLLED);
        assertThat(result.sooner()).isPositive();
        assertThat(cluster.gateway.polls()).isEqualTo(2);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void anAttachedJobIsPolledByTheNodeThatHasItsCall() {
        submitted(false);
        cluster.gateway.pollScript.add(TestGateway.status(200, "http://files.test/cat.mp4"));

        assertThat(notice(b, "n-1").outcome()).isEqualTo(Outcome.ELSEWHERE);
        assertThat(cluster.gateway.polls()).isEqualTo(1);
        assertThat(notice(a, "n-1").outcome()).as("each node has its own memory").isEqualTo(Outcome.POLLED);
        assertThat(cluster.gateway.polls()).isEqualTo(2);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }
}
