// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a call to a gateway that has failed, or its answer, may show. */
final class CallFailure {

    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpTransport.class);

    private CallFailure() {
    }

    /**
     * @param timeout  of the whole call
     * @param mark     null = the call failed before anything could be sent
     * @param watchdog null = it had none yet
     */
    static TransportException of(
            GatewayAccess access, String host, Duration timeout, SentMark mark, Watchdog watchdog, Throwable failure) {
        if (failure instanceof Error) {
            LOG.error("{}: a call failed with an unexpected error", host, failure);
        }
        boolean sent = mark != null && mark.isSent();
        String cause = watchdog != null && watchdog.expired()
                ? "no complete answer within " + PlainDuration.of(timeout) : CauseText.of(failure);
        return new TransportException(host + ": " + cause + (sent ? "" : " (nothing was sent)"), sent,
                failure instanceof CutAnswerException cut ? masked(access, cut.beginning()) : null, failure);
    }

    static TransportException noFreeThread(String host, Duration timeout) {
        return new TransportException(host + ": no free thread within " + PlainDuration.of(timeout), false, null);
    }

    static HttpAnswer masked(GatewayAccess access, HttpAnswer answer) {
        String body = access.masked(answer.body());
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.replaceAll((name, value) -> access.masked(value));
        return new HttpAnswer(answer.status(), headers, body);
    }
}
