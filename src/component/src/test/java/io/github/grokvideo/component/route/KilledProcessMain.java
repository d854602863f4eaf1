// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.nio.file.Path;
import java.time.Duration;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/** The process that {@link KilledProcessIT} kills: prompts from a directory to videos in another, jobs in an H2 file. */
final class KilledProcessMain {

    private KilledProcessMain() {
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("jobs", JdbcConnectionPool.create(
                "jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", ""));
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore("jdbc");
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(arguments[1]);
        component.getConfiguration().setApiKey(System.getenv("GATEWAY_KEY"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(100));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(300));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.setWorkDirectory(directory.resolve("work").toString());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + directory.resolve("inbox") + "?initialDelay=0&delay=100")
                        .setHeader("CamelGrokVideoJobKey", simple("${file:onlyname}"))
                        .to("grokvideo:generate")
                        .to("file:" + directory.resolve("outbox") + "?fileName=${file:name.noext}.mp4");
            }
        });
        context.start();
        // Ends with the process.
        Thread.currentThread().join();
    }
}
