// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.provider.xai.XaiProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * One job, from a file to a file, in a folder of its own. Run as a process it ends at the point it is given; {@link CrashPointsIT} runs
 * the same in its own JVM to see it through.
 */
final class CrashPointMain {

    static final int HALTED = 99;
    static final String PASSED = "passed.txt";
    static final String WEBHOOK_SECRET = "0123456789abcdef0123456789abcdef";

    private CrashPointMain() {
    }

    /**
     * Where the outside is.
     *
     * @param places scheme, host and port of {@link CrashPointPlaces}
     */
    record Outside(String baseUrl, String key, String places) {
    }

    /** @param arguments folder, life, base URL, URL of the places, and maybe the point to end at */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        CrashLife life = CrashLife.valueOf(arguments[1]);
        Outside outside = new Outside(arguments[2], System.getenv("GATEWAY_KEY"), arguments[3]);
        CrashPointComponent component = new CrashPointComponent(
                new CrashPoints(folder.resolve(PASSED), arguments.length > 4 ? arguments[4] : null));
        CamelContext context = context(folder, component, pool(folder), life, outside);
        if (life == CrashLife.NOTIFIED) {
            listen(context, component);
        }
        context.start();
        // Ends with the process.
        Thread.currentThread().join();
    }

    static JdbcConnectionPool pool(Path folder) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("jobs") + ";WRITE_DELAY=0", "", "");
    }

    static CamelContext context(Path folder, GrokVideoComponent component, JdbcConnectionPool pool, CrashLife life, Outside outside)
            throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        component.setJobStore(pool);
        // The test has made the tables, once for all.
        component.setCreateSchema(false);
        component.getConfiguration().setProvider(life.provider());
        component.getConfiguration().setBaseUrl(outside.baseUrl());
        component.getConfiguration().setApiKey(outside.key());
        component.getConfiguration().setPollInterval(Duration.ofMillis(50));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(100));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.setWorkDirectory(folder.resolve("work").toString());
        component.setStoreBudget("1000 USD");
        component.getConfiguration().setAssumedCost("0.10 USD");
        if (life == CrashLife.UPLOADED) {
            context.getRegistry().bind("twoSteps", TwoStepUploads.of(new XaiProvider()));
            component.getConfiguration().setProvider("#twoSteps");
            component.getConfiguration().setAllowPrivateAddresses(true);
        }
        if (life == CrashLife.FAILED_OVER) {
            GrokVideoAccount poor = new GrokVideoAccount(life.provider(), "xai-poor");
            poor.setBaseUrl(outside.baseUrl());
            context.getRegistry().bind("poor", poor);
            component.getConfiguration().setAccount("poor");
            component.getConfiguration().setFailover("default");
        }
        context.addComponent("grokvideo", component);
        context.addRoutes(routes(folder, life, outside));
        return context;
    }

    /** Receives notices, and asks the gateway for no other reason. */
    private static void listen(CamelContext context, GrokVideoComponent component) throws Exception {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(settings);
        context.addService(server);
        // The context starts it later, but its port has to be known to the account.
        server.start();
        component.getConfiguration().setPollInterval(Duration.ofHours(1));
        component.getConfiguration().setMaxPollInterval(Duration.ofHours(1));
        component.getConfiguration().setWebhookSecret(WEBHOOK_SECRET);
        component.getConfiguration().setWebhookUrl("http://127.0.0.1:" + server.getServer().actualPort() + "/notices");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/notices").to("grokvideo:notify");
            }
        });
    }

    private static RouteBuilder routes(Path folder, CrashLife life, Outside outside) {
        Map<String, Object> headers = life.headers(folder, outside.places());
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(GrokVideoException.class).handled(true).setBody(exceptionMessage())
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.${header.CamelGrokVideoErrorType}");
                from("file:" + folder + "/inbox?initialDelay=0&delay=100")
                        .filter(CrashPointMain::isThere)
                        .setHeader("CamelGrokVideoJobKey", simple("${file:onlyname}"))
                        .process(exchange -> exchange.getMessage().getHeaders().putAll(headers))
                        .to("direct:" + (life.isAttached() ? "attached" : "detached"));
                from("direct:attached")
                        .to("grokvideo:generate")
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.mp4");
                from("direct:detached")
                        .setHeader("CamelGrokVideoTag", simple("${file:onlyname.noext}"))
                        .to("grokvideo:submit")
                        .filter(exchange -> life == CrashLife.CANCELLED)
                        .to("grokvideo:cancel");
                if (!life.isAttached()) {
                    from("grokvideo:completed?initialDelay=0&delay=50")
                            .process(CrashPointMain::describe)
                            .to("file:" + folder + "/outbox?fileName=${header.CamelGrokVideoJobTag}.${header.ending}");
                }
            }
        };
    }

    /** Without a read lock Camel may list a file that it is about to remove, and bring it once more when it is gone. */
    private static boolean isThere(Exchange exchange) {
        return exchange.getMessage().getBody(File.class).isFile();
    }

    private static void describe(Exchange exchange) {
        Message message = exchange.getMessage();
        String error = message.getHeader("CamelGrokVideoErrorType", String.class);
        String elsewhere = message.getHeader("CamelGrokVideoDeliveredTo", String.class);
        message.setHeader("ending", error != null ? error : elsewhere != null ? "elsewhere" : "mp4");
        if (error != null || elsewhere != null) {
            message.setBody(error != null ? error : elsewhere);
        }
    }
}
