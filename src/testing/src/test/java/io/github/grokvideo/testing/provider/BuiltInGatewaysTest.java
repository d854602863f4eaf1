// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built-in gateways promise beyond the contract. */
class BuiltInGatewaysTest {

    private final HostileAnswers hostile = new HostileAnswers(List.of());

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void eachStatusThatProvesThatThereIsNoJobIsARejection(VideoProvider provider) {
        Reading reading = new Reading(provider);
        for (int status : VideoProviderContract.STATUSES_WITHOUT_JOB) {
            for (String body : List.of(
                    "", "<html>busy</html>", "{\"error\":{\"code\":\"x\",\"message\":\"y\"}}", "{\"error\":\"y\"}", "[]")) {
                assertThat(reading.submitted(new HttpAnswer(status, Map.of(), body))).as("%s %s", status, body)
                        .isInstanceOfSatisfying(SubmitAnswer.Rejected.class,
                                rejected -> assertThat(rejected.repeatable()).isEqualTo(status == 429));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void aSignedUrlIsNoTaskId(VideoProvider provider) {
        Reading reading = new Reading(provider);
        hostile.thatNobodyWouldSend(answer -> {
            assertThat(reading.submitted(answer).toString()).doesNotContain(HostileAnswers.SECRET);
            assertThat(reading.lookedUp(answer).toString()).doesNotContain(HostileAnswers.SECRET);
        });
    }

    /** A success alone, perhaps a proxy's, must not end a job whose video is being made. */
    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void onlyADocumentedAnswerCancels(VideoProvider provider) {
        Reading reading = new Reading(provider);
        hostile.thatNobodyWouldSend(answer -> {
            if (provider.cancel(Reading.TASK_ID).isPresent() && reading.cancelled(answer) instanceof CancelAnswer.Cancelled) {
                assertThat(answer.status() == 204 || answer.body().contains("\"deleted\":true")).as(answer.body()).isTrue();
            }
        });
    }
}
