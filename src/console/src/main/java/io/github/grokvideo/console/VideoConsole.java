// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.console.auth.ConsoleLoginModule;
import io.github.grokvideo.console.auth.ConsoleUsers;
import io.github.grokvideo.console.auth.CurrentLogin;
import io.github.grokvideo.console.auth.GeneratedPassword;
import io.github.grokvideo.console.auth.InvokeRights;
import io.github.grokvideo.console.auth.JolokiaPolicy;
import io.github.grokvideo.console.auth.LoginThrottle;
import io.github.grokvideo.console.web.BodyLimit;
import io.github.grokvideo.console.web.CallerAddress;
import io.github.grokvideo.console.web.ConsoleContext;
import io.github.grokvideo.console.web.ForeignPageCheck;
import io.github.grokvideo.console.web.HostCheck;
import io.github.grokvideo.console.web.LoginGate;
import io.github.grokvideo.console.web.TabPlugin;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.MovedContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hawtio with a Video Jobs tab, for the Camel contexts of this JVM. One per JVM at a time, since Hawtio's MBeans have fixed names.
 * {@link #start()} and {@link #close()} are called by one thread.
 */
public final class VideoConsole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VideoConsole.class);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_THREADS = 24;
    private static final int MIN_THREADS = 4;
    private static final long STOP_TIMEOUT_MILLIS = 2_000;

    private final Builder settings;
    private GeneratedPassword generated;
    /** Tests end sessions with it. */
    Server server;
    private ServerConnector connector;
    private TabPlugin plugin;
    private InvokeRights rights;

    private VideoConsole(Builder settings) {
        this.settings = settings;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the console and returns when it answers.
     *
     * @throws ConsoleStartException if the address cannot be used; then nothing is left running
     */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("The console is already started");
        }
        InetAddress address = settings.address();
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("grokvideo-console");
        server = new Server(threads);
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host);
        connector.setPort(settings.port);
        server.addConnector(connector);
        try {
            // First, since the port is part of the allowed origins and the cookie's name.
            connector.open();
            if (!address.isLoopbackAddress()) {
                LOG.warn("The console listens on {}, and passwords reach it unencrypted: let only a trusted network reach it, or let it"
                        + " listen on 127.0.0.1 behind a TLS proxy on this machine (publicUrl)", url());
            }
            server.setHandler(handlers(address));
            plugin = new TabPlugin();
            server.start();
        } catch (IOException e) {
            close();
            throw new ConsoleStartException("The console cannot listen on port " + settings.port + " of " + settings.host + " ("
                    + e.getMessage()
                    + "). Is another program, or another instance of this one, using it? Choose another port, or 0 for any free one", e);
        } catch (Exception e) {
            close();
            throw new ConsoleStartException("The console could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Where a browser finds the console, for instance {@code http://127.0.0.1:8778/hawtio/}.
     *
     * @throws IllegalStateException if it is not running
     */
    public String url() {
        if (connector == null || connector.getLocalPort() <= 0) {
            throw new IllegalStateException("The console does not run");
        }
        return "http://" + authority(settings.host) + ConsoleContext.PATH + "/";
    }

    /** The password generated for {@code admin} if no users were configured. It is returned once, for printing. */
    public Optional<String> takeGeneratedPassword() {
        Optional<String> password = Optional.ofNullable(generated).map(GeneratedPassword::password);
        generated = null;
        return password;
    }

    /** Stops the console; running requests get 2 s to end. Does nothing if it is not running. */
    @Override
    public void close() {
        try {
            if (server != null) {
                server.stop();
                connector.close();
            }
        } catch (Exception e) {
            LOG.warn("The console did not stop cleanly: {}", e.toString());
        } finally {
            if (plugin != null) {
                plugin.close();
            }
            if (rights != null) {
                rights.close();
            }
            plugin = null;
            rights = null;
            server = null;
            connector = null;
        }
    }

    private Handler handlers(InetAddress address) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(settings.host.toLowerCase(Locale.ROOT));
        if (address.isLoopbackAddress()) {
            hosts.addAll(LOOPBACK_NAMES);
        }
        Set<String> origins = new LinkedHashSet<>();
        hosts.forEach(host -> origins.add("http://" + authority(host)));
        URI publicUrl = settings.publicUrl;
        if (publicUrl != null) {
            hosts.add(publicUrl.getHost().toLowerCase(Locale.ROOT));
            origins.add(publicUrl.getScheme() + "://" + publicUrl.getAuthority());
        }

        ConsoleUsers users = settings.users;
        if (users == null) {
            generated = new GeneratedPassword();
            users = generated.users();
        }
        LoginThrottle throttle = new LoginThrottle(InstantSource.system());
        CurrentLogin login = new CurrentLogin();
        ConsoleContext context = new ConsoleContext(connector.getLocalPort(), publicUrl != null && publicUrl.getScheme().equals("https"),
                ConsoleLoginModule.configuration(users, throttle));
        context.addHawtio(new ForeignPageCheck(origins), new LoginGate(throttle, new CallerAddress(publicUrl != null)));
        JolokiaPolicy policy = new JolokiaPolicy(origins, login);
        rights = new InvokeRights(policy);
        context.addJolokia(policy);
        context.addVideos(settings.videos, login, origins);
        context.addFollowing(login);
        context.addPages();
        // The bare address redirects to the page.
        MovedContextHandler root = new MovedContextHandler();
        root.setContextPath("/");
        root.setRedirectURI(ConsoleContext.PATH + "/");
        root.setDiscardPathInContext(true);
        root.setStatusCode(HttpStatus.FOUND_302);
        return new BodyLimit(new HostCheck(hosts, new ContextHandlerCollection(context.handler(), root)));
    }

    private String authority(String host) {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + connector.getLocalPort();
    }

    /** Builds a console. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private URI publicUrl;
        private ConsoleUsers users;
        private VideoFileSource videos = jobId -> Optional.empty();

        private Builder() {
        }

        /**
         * The address to listen on, and the only name it answers to besides {@code localhost}; 127.0.0.1 if not set.
         */
        public Builder host(String host) {
            this.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /** 1 to 65535, or 0 (the default) for any free port. */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("The console's port must be 0 (any free one) to 65535, not " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * The console's URL behind a proxy, for instance {@code https://console.example.com}. Its host and origin are also allowed, and
         * with HTTPS the session cookie is secure. The proxy must preserve {@code Host} and add {@code X-Forwarded-For}: if it is on this
         * machine, wrong passwords are counted by that address.
         *
         * @throws IllegalArgumentException if it is not http or https with a host and no path
         */
        public Builder publicUrl(URI url) {
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = (url.getPath().isEmpty() || url.getPath().equals("/")) && url.getQuery() == null && url.getUserInfo() == null;
            if (!web || url.getHost() == null || !bare) {
                throw new IllegalArgumentException("The console's public URL is like https://console.example.com, without a path; not "
                        + url);
            }
            this.publicUrl = url;
            return this;
        }

        /** The users. If not set: {@code admin} with the password from {@link VideoConsole#takeGeneratedPassword()}. */
        public Builder users(ConsoleUsers users) {
            this.users = Objects.requireNonNull(users, "users");
            return this;
        }

        /** The source of videos to play. If not set, none can be played. */
        public Builder videos(VideoFileSource videos) {
            this.videos = Objects.requireNonNull(videos, "videos");
            return this;
        }

        public VideoConsole build() {
            return new VideoConsole(this);
        }

        private InetAddress address() {
            try {
                InetAddress address = InetAddress.getByName(host);
                if (address.isAnyLocalAddress()) {
                    throw new ConsoleStartException("The console cannot listen on " + host + ", all addresses at once: it answers to one"
                            + " name only, so that foreign web pages cannot reach it. Give the name or address that browsers will use",
                            null);
                }
                return address;
            } catch (UnknownHostException e) {
                throw new ConsoleStartException("The console cannot listen on '" + host + "': no such host. Give a name or address of this"
                        + " machine, such as 127.0.0.1", e);
            }
        }
    }
}
