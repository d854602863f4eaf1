// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// From here on, the example of the page about tests.
class PromptRouteTest extends CamelTestSupport {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        video.configure(context);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").to("grokvideo:generate?duration=6").to("mock:videos");
            }
        };
    }

    @Test
    void aPromptBecomesAVideo() throws Exception {
        MockEndpoint videos = getMockEndpoint("mock:videos");
        videos.expectedMessageCount(1);

        template.sendBody("direct:prompts", "A red kite");

        videos.assertIsSatisfied();
        video.assertPaidOnce();
        assertEquals(video.jobs().get(0).sha256(), videos.getExchanges().get(0).getMessage().getHeader("CamelGrokVideoSha256"));
    }

    @Test
    void aBrokenDownloadIsContinued() throws Exception {
        video.faults().add("download-truncated");
        getMockEndpoint("mock:videos").expectedMessageCount(1);

        template.sendBody("direct:prompts", "A red kite");

        getMockEndpoint("mock:videos").assertIsSatisfied();
        video.assertPaidOnce();
    }

    @Test
    void aWrongRequestCostsNothing() {
        assertThrows(CamelExecutionException.class,
                () -> template.sendBodyAndHeader("direct:prompts", "A red kite", "CamelGrokVideoDuration", 99));

        video.assertNothingPaid();
    }
}
