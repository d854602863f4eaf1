// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * One job, from a file to a file, in a folder of its own. Run as a process it ends at the point it is given; {@link CrashPointsIT} runs
 * the same in its own JVM to see it through.
 */
final class CrashPointMain {

    static final int HALTED = 99;
    static final String PASSED = "passed.txt";

    private CrashPointMain() {
    }

    /** @param arguments folder, provider, base URL, attached or detached, and maybe the point to end at */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        CrashPoints points = new CrashPoints(folder.resolve(PASSED), arguments.length > 4 ? arguments[4] : null);
        context(folder, new CrashPointComponent(points), pool(folder), arguments[1], arguments[2], System.getenv("GATEWAY_KEY"),
                arguments[3].equals("attached")).start();
        // Ends with the process.
        Thread.currentThread().join();
    }

    static JdbcConnectionPool pool(Path folder) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("jobs") + ";WRITE_DELAY=0", "", "");
    }

    static CamelContext context(Path folder, GrokVideoComponent component, JdbcConnectionPool pool, String provider, String baseUrl,
            String key, boolean attached) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        component.setJobStore(pool);
        // The test has made the tables, once for all.
        component.setCreateSchema(false);
        component.getConfiguration().setProvider(provider);
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setApiKey(key);
        component.getConfiguration().setPollInterval(Duration.ofMillis(50));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(100));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.setWorkDirectory(folder.resolve("work").toString());
        context.addComponent("grokvideo", component);
        context.addRoutes(attached ? attached(folder) : detached(folder));
        return context;
    }

    private static RouteBuilder attached(Path folder) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(GrokVideoException.class).handled(true).setBody(exceptionMessage())
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.${header.CamelGrokVideoErrorType}");
                from("file:" + folder + "/inbox?initialDelay=0&delay=100")
                        .filter(CrashPointMain::isThere)
                        .setHeader("CamelGrokVideoJobKey", simple("${file:onlyname}"))
                        .to("grokvideo:generate")
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.mp4");
            }
        };
    }

    private static RouteBuilder detached(Path folder) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(GrokVideoException.class).handled(true).setBody(exceptionMessage())
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.${header.CamelGrokVideoErrorType}");
                from("file:" + folder + "/inbox?initialDelay=0&delay=100")
                        .filter(CrashPointMain::isThere)
                        .setHeader("CamelGrokVideoJobKey", simple("${file:onlyname}"))
                        .setHeader("CamelGrokVideoTag", simple("${file:onlyname.noext}"))
                        .to("grokvideo:submit");
                from("grokvideo:completed?initialDelay=0&delay=50")
                        .process(exchange -> {
                            String error = exchange.getMessage().getHeader("CamelGrokVideoErrorType", String.class);
                            exchange.getMessage().setHeader("ending", error == null ? "mp4" : error);
                            if (error != null) {
                                exchange.getMessage().setBody(error);
                            }
                        })
                        .to("file:" + folder + "/outbox?fileName=${header.CamelGrokVideoJobTag}.${header.ending}");
            }
        };
    }

    /** Without a read lock Camel may list a file that it is about to remove, and bring it once more when it is gone. */
    private static boolean isThere(Exchange exchange) {
        return exchange.getMessage().getBody(File.class).isFile();
    }
}
