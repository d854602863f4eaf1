// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class FailureHeadersTest extends CamelTest {

    private static final String YAML = """
            - onException:
                exception: [io.github.grokvideo.component.error.GrokVideoException]
                handled:
                  constant: "true"
                steps:
                  - setBody:
                      simple: "${header.CamelGrokVideoErrorType} ${header.CamelGrokVideoErrorCharged} \
            ${header.CamelGrokVideoErrorRetryable} ${header.CamelGrokVideoErrorCode} ${header.CamelGrokVideoProvider} \
            ${header.CamelGrokVideoTaskId} ${header.CamelGrokVideoStatus} ${header.CamelGrokVideoJobModel} \
            ${header.CamelGrokVideoPolls}"
                  - to: mock:failed
            - route:
                from:
                  uri: direct:in
                  steps:
                    - to:
                        uri: grokvideo:generate
                        parameters:
                          waitTimeout: 2s
                          duration: 6
            """;

    private Exchange failed() throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.yaml", YAML));
        assertThat(send("direct:in", "a cat").getException()).isNull();
        return context.getEndpoint("mock:failed", MockEndpoint.class).getReceivedExchanges().get(0);
    }

    @Test
    void onExceptionInYamlKnowsTheJob() throws Exception {
        engine.onAwait = wait -> CompletableFuture.failedFuture(new JobError(ErrorType.MODERATED, "withheld", Charged.YES, false,
                200, "content_policy", "req-1").toException(wait.jobId(), "xai"));

        Exchange exchange = failed();

        assertThat(exchange.getMessage().getBody())
                .isEqualTo("MODERATED yes false content_policy xai task-1 ACCEPTED m-1 0");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.JOB_ID)).isEqualTo(engine.lastOrder().jobId());
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_REQUEST_ID)).isEqualTo("req-1");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_HTTP_STATUS)).isEqualTo(200);
        assertThat(engine.waits.get(0).waitTimeout()).hasSeconds(2);
    }

    @Test
    void oneHeaderHasItAllAsAMap() throws Exception {
        engine.onAwait = wait -> CompletableFuture.failedFuture(new JobError(ErrorType.MODERATED, "withheld", Charged.YES, false,
                200, "content_policy", "req-1").toException(wait.jobId(), "xai"));

        Exchange exchange = failed();

        Map<?, ?> error = exchange.getMessage().getHeader(GrokVideoConstants.ERROR, Map.class);
        assertThat(new ObjectMapper().writeValueAsString(error)).isEqualTo("""
                {"type":"MODERATED","message":"withheld","charged":"yes","retryable":false,"resumable":false,"jobId":"%s",\
                "provider":"xai","code":"content_policy","httpStatus":200,"requestId":"req-1","taskId":"task-1","account":"default"}"""
                .formatted(engine.lastOrder().jobId()));
    }

    @Test
    void theMapLeavesOutWhatIsNotKnown() {
        GrokVideoException refused = (GrokVideoException) send("grokvideo:generate?duration=6", null).getException();

        assertThat(refused.toMap()).containsOnlyKeys("type", "message", "charged", "retryable", "resumable")
                .containsEntry("type", "INVALID_REQUEST").containsEntry("charged", "no");
    }

    @Test
    void aJobOfAnEarlierStepIsNotTakenForTheOneThatFailed() {
        Exchange exchange = send("grokvideo:generate", null, Map.of(GrokVideoConstants.TASK_ID, "earlier"));

        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR, Map.class)).doesNotContainKeys("jobId", "taskId")
                .containsEntry("account", "default");
    }

    @Test
    void anErrorOfAnEarlierStepIsGone() {
        Exchange exchange = send("grokvideo:generate", "a cat", Map.of(GrokVideoConstants.ERROR, Map.of("type", "MODERATED")));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(GrokVideoConstants.ERROR);
    }

    @Test
    void aResumableFailureSaysSo() throws Exception {
        engine.onAwait = wait -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.WAIT_TIMEOUT, Charged.YES, wait.jobId()));

        assertThat(failed().getMessage().getHeader(GrokVideoConstants.ERROR_RESUMABLE)).isEqualTo(true);
    }
}
