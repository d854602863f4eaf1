// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Routes in XML. */
class XmlRoutesTest extends SimulatedGateway {

    @Test
    void aProducerAndAConsumerInXml() throws Exception {
        context.getPropertiesComponent().addOverrideProperty("outbox", directory.resolve("outbox").toString());
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("videos.xml", """
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                  <route id="generate">
                    <from uri="direct:generate"/>
                    <to uri="grokvideo:generate?duration=6&amp;aspectRatio=16:9&amp;directory={{outbox}}"/>
                  </route>
                  <route id="submit">
                    <from uri="direct:submit"/>
                    <to uri="grokvideo:submit?tag=RAW(C++ at 100%)"/>
                  </route>
                  <route id="completed">
                    <from uri="grokvideo:completed?tag=RAW(C++ at 100%)&amp;delay=50&amp;initialDelay=0"/>
                    <setBody><simple>${header.CamelGrokVideoStatus} ${header.CamelGrokVideoJobTag}</simple></setBody>
                    <to uri="mock:completed"/>
                  </route>
                </routes>
                """));
        context.start();
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedBodiesReceived("DOWNLOADED C++ at 100%");

        File video = context.createProducerTemplate().requestBody("direct:generate", "a lighthouse", File.class);
        context.createProducerTemplate().sendBody("direct:submit", "a cat");

        assertThat(video).hasParent(directory.resolve("outbox").toFile()).isFile();
        completed.assertIsSatisfied(Duration.ofSeconds(20).toMillis());
    }
}
