// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ToAPIs keeps our job id: a submit whose answer was lost is found again, and its documented 503 is repeated. */
class LostAnswerAtToApisTest extends SimulatedGateway {

    @Override
    String provider() {
        return "toapis";
    }

    @ParameterizedTest
    @CsvSource({"reset-after-create,1", "submit-timeout,1", "submit-503-rate-limit-unavailable,2"})
    void theVideoComesOutAndIsPaidOnce(String fault, int posts) throws Exception {
        submitsTimeOutSoon();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
            }
        });

        Exchange done = context.createFluentProducerTemplate().to("direct:generate")
                .withBody("a lighthouse [[fault:" + fault + "]]").send();

        assertThat(done.getException()).isNull();
        assertThat(posts()).isEqualTo(posts);
        assertThat(paidJobs()).isEqualTo(1);
    }
}
