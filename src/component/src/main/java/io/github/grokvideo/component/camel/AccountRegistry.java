// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.provider.checked.CheckedProvider;
import io.github.grokvideo.component.provider.checked.TimeLimit;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a component by name. It lives as long as the component, so that accounts keep their names when routes or the component
 * restart. Thread-safe.
 */
final class AccountRegistry {

    static final String DEFAULT = "default";

    private static final String ON_COMPONENT = "on the endpoint (%1$s=...), on the component (camel.component.grokvideo.%2$s=..., or"
            + " {{env:%3$s}} there to take it from an environment variable) or in a GrokVideoAccount bean";
    /** Time limit for a method of a custom gateway, which only converts data. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    private static final double MOST_EAGER = 100;
    private static final String NAMES = String.join(", ", VideoProviders.names());
    private static final Logger LOG = LoggerFactory.getLogger(AccountRegistry.class);

    private final CamelContext camelContext;
    private final Supplier<Map<String, GrokVideoAccount>> configured;
    private final Function<String, Optional<VideoProvider>> builtIn;
    private final Map<String, VideoAccount> named = new ConcurrentHashMap<>();
    private final Map<AccountSettings, VideoAccount> anonymous = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock ownCodeLock = new ReentrantLock();
    /** Runs custom gateways; null = none is in use. */
    private ExecutorService ownCode;

    /** @param configured the component's accounts; beans in the registry are accounts as well */
    AccountRegistry(
            CamelContext camelContext, Supplier<Map<String, GrokVideoAccount>> configured,
            Function<String, Optional<VideoProvider>> builtIn) {
        this.camelContext = camelContext;
        this.configured = configured;
        this.builtIn = builtIn;
    }

    /**
     * The account that pays for an endpoint's calls.
     *
     * @param  name    of the account that the endpoint names; null = none
     * @param  asked   the endpoint's options, of which some may be the component's
     * @param  own     the component's options
     * @param  limited whether the account of the component's options has a budget
     * @throws IllegalArgumentException if an option is missing or wrong, or the endpoint overrides options of an account that it names or
     *                                  whose budget it would evade
     */
    VideoAccount ofEndpoint(String name, AccountSettings asked, AccountSettings own, boolean limited) {
        boolean overridden = !asked.equals(own);
        if (name != null && !name.isBlank() && !name.equals(DEFAULT)) {
            if (overridden) {
                throw new IllegalArgumentException("account=" + name + " sets provider, key, base URL and limits itself:"
                        + " remove these options from the endpoint");
            }
            return byName(name);
        }
        if (overridden && limited && asked.isPaidAs(own)) {
            throw new IllegalArgumentException("The endpoint overrides options of the account " + DEFAULT + ", and would then be an account"
                    + " of its own, which the component's budget does not limit: remove these options from the endpoint, or set budget on"
                    + " an account in accounts[name] and name it with account=name, or use storeBudget");
        }
        return overridden ? anonymous(asked) : byDefault(own);
    }

    /** @throws IllegalArgumentException naming the known accounts, or what the account lacks */
    VideoAccount stored(String name, AccountSettings own) {
        return name.equals(DEFAULT) ? byDefault(own) : byName(name);
    }

    /** The component's own account, created again when its options have changed. */
    private VideoAccount byDefault(AccountSettings settings) {
        VideoAccount account = create(DEFAULT, settings, ON_COMPONENT);
        return named.merge(DEFAULT, account, (old, fresh) -> old.equals(fresh) ? old : fresh);
    }

    /** The account of an endpoint that has its own provider, key, base URL or limits. */
    private VideoAccount anonymous(AccountSettings settings) {
        return anonymous.computeIfAbsent(settings, key -> {
            VideoAccount account = create("?", key, ON_COMPONENT);
            return renamed(account, "endpoint-" + count.incrementAndGet());
        });
    }

    /** Whether the account's name is a counter, which may mean another account after a restart. */
    boolean isAnonymous(VideoAccount account) {
        return anonymous.containsValue(account);
    }

    /** @return the accounts in use */
    Collection<VideoAccount> all() {
        List<VideoAccount> all = new ArrayList<>(named.values());
        all.addAll(anonymous.values());
        return all;
    }

    private VideoAccount byName(String name) {
        VideoAccount known = named.get(name);
        return known != null ? known : named.computeIfAbsent(name, this::configured);
    }

    /** Reads the bean of that name now, if there is one. An incomplete bean is reported on first use. */
    void remember(String name) {
        if (name != null && camelContext.getRegistry().lookupByNameAndType(name, GrokVideoAccount.class) != null) {
            try {
                byName(name);
            } catch (IllegalArgumentException incomplete) {
                LOG.debug("Account {} cannot be used yet: {}", name, incomplete.getMessage());
            }
        }
    }

    private VideoAccount configured(String name) {
        GrokVideoAccount own = configured.get().get(name);
        if (own != null) {
            return create(name, AccountSettings.of(own, name), "as accounts[" + name + "].%1$s of the component");
        }
        GrokVideoAccount bean = camelContext.getRegistry().lookupByNameAndType(name, GrokVideoAccount.class);
        if (bean == null) {
            bean = camelContext.getRegistry().findByType(GrokVideoAccount.class).stream()
                    .filter(one -> name.equals(one.getName())).findFirst().orElse(null);
        }
        if (bean == null) {
            TreeSet<String> names = new TreeSet<>(camelContext.getRegistry().findByTypeWithName(GrokVideoAccount.class).keySet());
            names.addAll(configured.get().keySet());
            names.add(DEFAULT);
            throw new IllegalArgumentException("account '" + name + "' is not known; known accounts are " + names
                    + ": add it as accounts[" + name + "] to the component, or a bean of type GrokVideoAccount with that name to the"
                    + " registry");
        }
        String stored = bean.getName() == null ? name : bean.getName();
        return create(stored, AccountSettings.of(bean, stored), "in the GrokVideoAccount bean '" + name + "'");
    }

    private VideoAccount create(String name, AccountSettings settings, String where) {
        if (settings.provider() == null) {
            throw missing("provider", where, "one of " + NAMES + " or #bean");
        }
        VideoProvider provider = withSettings(provider(settings.provider()), settings.providerSettings());
        if (settings.apiKey() == null) {
            throw missing("apiKey", where, "the key of " + provider.name());
        }
        String baseUrl = settings.baseUrl() != null ? settings.baseUrl() : provider.defaultBaseUrl().orElse(null);
        if (baseUrl == null) {
            throw missing("baseUrl", where, provider.name() + " has no documented public address");
        }
        positive("pollInterval", settings.pollInterval());
        positive("maxPollInterval", settings.maxPollInterval());
        if (settings.maxConcurrentJobs() < 0) {
            throw new IllegalArgumentException("maxConcurrentJobs must be 0 (unlimited) or more: " + settings.maxConcurrentJobs());
        }
        if (settings.submitsPerSecond() != null && !(settings.submitsPerSecond() >= 0)) {
            throw new IllegalArgumentException("submitsPerSecond must be 0 (unlimited) or more: " + settings.submitsPerSecond());
        }
        if (!(settings.pollEagerness() > 0 && settings.pollEagerness() <= MOST_EAGER)) {
            throw new IllegalArgumentException(
                    "pollEagerness must be more than 0, and " + MOST_EAGER + " at most: " + settings.pollEagerness());
        }
        GatewayAccess access = new GatewayAccess(checked(baseUrl), settings.apiKey(), provider.keyPlacement());
        return new VideoAccount(
                name, provider, access, settings.model(), settings.pollInterval(),
                settings.maxPollInterval(), settings.submitsPerSecond(), settings.maxConcurrentJobs(),
                settings.allowPrivateAddresses(), settings.webhooks().of(provider, camelContext), settings.pollEagerness(),
                settings.costs(), TagWeights.of(settings.tagWeights()));
    }

    private static VideoProvider withSettings(VideoProvider provider, Map<String, String> settings) {
        return settings.isEmpty() ? provider : provider.with(settings);
    }

    /** @throws IllegalArgumentException if there is no provider of that name */
    VideoProvider provider(String name) {
        if (name.startsWith("#")) {
            String bean = name.startsWith("#bean:") ? name.substring(6) : name.substring(1);
            VideoProvider own = camelContext.getRegistry().lookupByNameAndType(bean, VideoProvider.class);
            if (own == null) {
                throw new IllegalArgumentException("provider " + name + ": the registry has no bean of type "
                        + VideoProvider.class.getName() + " with that name");
            }
            return CheckedProvider.of(own, new TimeLimit(this::runOwnCode, LONGEST_CALL));
        }
        return builtIn.apply(name).orElseThrow(() -> new IllegalArgumentException("provider '" + name
                + "' is not one of " + NAMES + "; refer to a custom gateway as #bean"));
    }

    /** Runs on a separate thread, since custom code must not block the engine's threads. */
    private void runOwnCode(Runnable call) {
        ownCodeLock.lock();
        try {
            if (ownCode == null) {
                ownCode = camelContext.getExecutorServiceManager().newCachedThreadPool(this, "GrokVideoProvider");
            }
            ownCode.execute(call);
        } finally {
            ownCodeLock.unlock();
        }
    }

    /** Shuts down the threads of custom gateways; new ones are created when needed. */
    void stop() {
        ownCodeLock.lock();
        try {
            if (ownCode != null) {
                camelContext.getExecutorServiceManager().shutdownNow(ownCode);
                ownCode = null;
            }
        } finally {
            ownCodeLock.unlock();
        }
    }

    private static IllegalArgumentException missing(String option, String where, String what) {
        String property = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String variable = "GROKVIDEO_" + property.replace('-', '_').toUpperCase(Locale.ROOT);
        return new IllegalArgumentException("Option " + option + " is missing: set it "
                + where.formatted(option, property, variable) + ". It is " + what);
    }

    private static void positive(String option, Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(option + " must be longer than 0: " + value);
        }
    }

    private static URI checked(String baseUrl) {
        URI uri;
        try {
            uri = new URI(baseUrl.endsWith("/") ? baseUrl.replaceAll("/+$", "") : baseUrl);
        } catch (URISyntaxException e) {
            // The URL is not repeated, since it may contain a password.
            throw new IllegalArgumentException("baseUrl is not a URL: " + e.getReason());
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())
                || GatewayAccess.host(uri) == null) {
            throw new IllegalArgumentException("baseUrl must begin with http:// or https:// and have a host");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0 || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must have no user info, query or fragment; the key is the option apiKey");
        }
        if ("http".equalsIgnoreCase(uri.getScheme()) && !isLoopback(GatewayAccess.host(uri))) {
            LOG.warn("baseUrl {} is not https: the API key is sent unencrypted", uri);
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            // Literals only: startup must not depend on DNS.
            return (host.startsWith("[") || host.matches("[0-9.]+")) && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static VideoAccount renamed(VideoAccount account, String name) {
        return new VideoAccount(
                name, account.provider(), account.access(), account.model(), account.pollInterval(), account.maxPollInterval(),
                account.submitsPerSecond(), account.maxConcurrentJobs(), account.allowPrivateAddresses(), account.webhooks(),
                account.pollEagerness(), account.costs(), account.tagWeights());
    }
}
