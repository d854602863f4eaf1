// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;

/** The contender that this project is: {@code grokvideo:generate}, from the message to the file in {@code directory}. */
public final class OurJobs {

    private OurJobs() {
    }

    /** Further arguments: options of the component, as {@code name=value}, and {@code notices}, to receive the gateway's notices. */
    public static void main(String[] arguments) throws Exception {
        Wave wave = Wave.of(arguments);
        List<String> further = List.of(arguments).subList(Wave.ARGUMENTS, arguments.length);
        Path directory = Files.createTempDirectory("grokvideo-benchmark");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setApiKey("xai-benchmark");
            component.getConfiguration().setBaseUrl(wave.base() + "/v1");
            component.getConfiguration().setSubmitsPerSecond(0.0);
            component.setWorkDirectory(directory.resolve("work").toString());
            for (String option : further) {
                String[] parts = option.split("=", 2);
                if (parts.length == 2) {
                    PropertyBindingSupport.build().bind(context, component.getConfiguration(), parts[0], parts[1]);
                }
            }
            if (further.contains("notices")) {
                component.getConfiguration().setWebhookVerifier(new Notices());
                wave = wave.withNotices(Notices.receive(context.createProducerTemplate(), "direct:notice"));
            }
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:video").to("grokvideo:generate?directory=" + directory.resolve("videos"));
                    if (further.contains("notices")) {
                        from("direct:notice").to("grokvideo:notify");
                    }
                }
            });
            context.start();
            try (AsyncProducer route = context.getEndpoint("direct:video").createAsyncProducer()) {
                route.start();
                Wave told = wave;
                wave.measure(() -> submit(told, route));
            }
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    /** No thread waits for a video: the route is called as an asynchronous consumer does. */
    private static void submit(Wave wave, AsyncProducer route) throws InterruptedException {
        Semaphore places = new Semaphore(wave.atOnce());
        CountDownLatch done = new CountDownLatch(wave.jobs());
        for (int job = 0; job < wave.jobs(); job++) {
            places.acquire();
            Exchange exchange = route.getEndpoint().createExchange();
            exchange.getIn().setBody("A red kite");
            route.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    exchange.getException().printStackTrace();
                }
                places.release();
                done.countDown();
            });
        }
        done.await();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
