// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.CamelContext;

/** What the chosen routes need besides themselves. */
public final class RouteSetup {

    /** Accounts of the simulator, in turn: routes with several accounts show something with several gateways. */
    private static final List<String> GATEWAYS = List.of("toapis", "xai");

    /** Takes URLs only: at the others a publisher of media has nothing to do. */
    private static final String GATEWAY_OF_URLS = "reapi";

    private static final String OWN_ACCOUNT = "camel.component.grokvideo";

    private static final String HTTP_PORT = "8090";
    /** Some more than the routes accept. Camel's server would store any. */
    private static final String HTTP_BODY_BYTES = "21000000";
    private static final String ASKER = "asker.camel.yaml";

    private final List<RouteFile> routes;
    private final ServerChoice servers;
    private final boolean simulated;

    /** @param simulated whether the simulator is the gateway */
    public RouteSetup(List<RouteFile> routes, ServerChoice servers, boolean simulated) {
        this.routes = routes;
        this.servers = servers;
        this.simulated = simulated;
    }

    /** @return whether these are the routes of the sample prompts */
    public boolean isDemo() {
        return routes.stream().map(RouteFile::name).toList().equals(RouteChoice.DEFAULT.names());
    }

    /** @throws UsageException naming the option or the property that is missing */
    public void check(boolean once, Map<?, ?> system, Map<String, String> environment, Map<?, ?> application) throws UsageException {
        if (once && !isDemo()) {
            throw new UsageException("--once ends when the sample prompts are done, which only "
                    + String.join(" and ", RouteChoice.DEFAULT.names()) + " read: leave --once or --routes out");
        }
        Set<Object> names = new HashSet<>(system.keySet());
        names.addAll(application.keySet());
        if (simulated) {
            accountNames().forEach(account -> names.addAll(account("", account, "").keySet()));
        }
        SetNames set = new SetNames(names, environment.keySet());
        for (RouteFile route : routes) {
            route.check(servers, set);
        }
    }

    /**
     * @param  simulator null where there is a gateway: its accounts are the user's to set
     * @return           the properties of the accounts the routes name, on the simulator; and of the component's own account, where the
     *                   routes need a certain gateway to show what they do
     */
    public Map<String, String> accounts(GrokVideoSimulator simulator) {
        Map<String, String> all = new HashMap<>();
        int next = 0;
        for (String account : simulator == null ? Set.<String>of() : accountNames()) {
            String gateway = GATEWAYS.get(next++ % GATEWAYS.size());
            all.putAll(account(gateway, account, simulator.apiKey(gateway)));
            all.put(account + ".baseUrl", simulator.baseUrl(gateway));
        }
        if (simulator != null && routes.stream().anyMatch(RouteFile::publishesMedia)) {
            all.putAll(account(GATEWAY_OF_URLS, OWN_ACCOUNT, simulator.apiKey(GATEWAY_OF_URLS)));
            all.put(OWN_ACCOUNT + ".baseUrl", simulator.baseUrl(GATEWAY_OF_URLS));
        }
        return all;
    }

    /** @return the settings of Camel Main that routes need to serve HTTP, by default on this machine only */
    public Map<String, String> httpServer() {
        return routes.stream().noneMatch(RouteFile::servesHttp) ? Map.of()
                : Map.of("camel.server.enabled", "true", "camel.server.host", "127.0.0.1", "camel.server.port", HTTP_PORT,
                        "camel.server.maxBodySize", HTTP_BODY_BYTES);
    }

    /**
     * @param  context of the routes, started
     * @return         where they serve HTTP, and how to call them; empty = none does
     */
    public List<String> httpHelp(CamelContext context) {
        // 8090 and this machine are the defaults of httpServer.
        String server = setting(context, "camel.server.host", "127.0.0.1") + ":" + setting(context, "camel.server.port", HTTP_PORT);
        return routes.stream().flatMap(route -> route.httpHelp(server).stream()).toList();
    }

    private static String setting(CamelContext context, String name, String otherwise) {
        return context.getPropertiesComponent().resolveProperty(name).orElse(otherwise);
    }

    /**
     * @return routes of {@code examples/<route>/}, which ask the routes for something, as their users will; none with a gateway, where each
     *         question would be paid for
     */
    public List<RouteFile> askers(Path examples) throws IOException {
        List<RouteFile> askers = new ArrayList<>();
        for (RouteFile route : routes) {
            Path file = examples.resolve(route.name()).resolve(ASKER);
            if (simulated && Files.exists(file)) {
                askers.add(new RouteFile(route.name() + "/" + ASKER, file, Files.readString(file)));
            }
        }
        return askers;
    }

    /** Copies {@code examples/<route>/} into {@code inbox/<route>/}, unless each file would be paid for. Overwrites nothing. */
    public void copySamples(Path examples, Path inbox) throws IOException {
        for (RouteFile route : routes) {
            Path from = examples.resolve(route.name());
            if (simulated && Files.isDirectory(from)) {
                copy(from, inbox.resolve(route.name()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(file -> Files.isRegularFile(file) && !file.endsWith(ASKER)).sorted().toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Path aside = target.resolveSibling("." + target.getFileName() + ".part");
                Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(aside, target);
            }
        }
    }

    private Set<String> accountNames() {
        Set<String> names = new TreeSet<>();
        routes.forEach(route -> names.addAll(route.accounts()));
        return names;
    }

    private static Map<String, String> account(String gateway, String account, String key) {
        return Map.of(account + ".provider", gateway, account + ".apiKey", key);
    }
}
