// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.observe.ObserverSettings;
import io.github.grokvideo.component.camel.observe.Observers;
import io.github.grokvideo.component.camel.options.EngineOptions;
import io.github.grokvideo.component.camel.wiring.EngineFactory;
import io.github.grokvideo.component.camel.wiring.EngineLife;
import io.github.grokvideo.component.camel.wiring.StopSequence;
import io.github.grokvideo.component.camel.work.WorkScopes;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.PropertiesHelper;

/** Generates videos with Grok Imagine through xAI and its gateways. One engine serves all endpoints of a component. */
@Component(GrokVideoConstants.SCHEME)
@ManagedResource(description = "Makes videos with Grok Imagine, through xAI and its gateways")
public class GrokVideoComponent extends EngineOptions {

    @Metadata(description = "The options every endpoint starts from.")
    private GrokVideoConfiguration configuration = new GrokVideoConfiguration();
    @Metadata(label = "account", description = "Further accounts by name: accounts[team].provider, accounts[team].apiKey and so on. Beans "
                                               + "of type GrokVideoAccount in the registry are accounts as well.")
    private Map<String, GrokVideoAccount> accounts = new LinkedHashMap<>();
    private final MemoryStoreWarning memoryStoreWarning = new MemoryStoreWarning();
    private final EngineLife engineLife = new EngineLife(this::observedEngine);
    private EngineFactory factory;
    private AccountRegistry accountRegistry;
    private Observers observers;
    private StopSequence stopSequence;
    private RouteStops routeStops;
    private final MediaPublishers publishers = new MediaPublishers();
    private AutoJobKeys autoJobKeys;
    private QuietDetachment quietDetachment;
    private final DeliveredFiles deliveredFiles = new DeliveredFiles();
    private final CompletedConsumers completedConsumers = new CompletedConsumers();

    /** Creates a component that gets its context later. */
    public GrokVideoComponent() {
    }

    /** @param context that the component belongs to */
    public GrokVideoComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GrokVideoOperation operation = GrokVideoOperation.of(uri, remaining);
        OptionSides.check(operation, parameters.keySet());
        GrokVideoEndpoint endpoint = new GrokVideoEndpoint(uri, this, operation,
                operation == GrokVideoOperation.completed ? CompletedFilter.withoutFilters(configuration) : configuration.copy());
        Map<String, Object> additional = PropertiesHelper.extractProperties(parameters, "additionalFields.");
        if (!additional.isEmpty()) {
            endpoint.getConfiguration().addAdditionalFields(additional);
        }
        // Camel would replace #bean:name with the bean as text.
        Object provider = parameters.remove("provider");
        if (provider != null) {
            endpoint.getConfiguration().setProvider(provider.toString());
        }
        setProperties(endpoint, parameters);
        // Beans of a route template, and thus of a Kamelet, are visible only while the route is created.
        accountRegistry.remember(endpoint.getConfiguration().getAccount());
        FailoverAccounts.names(endpoint.getConfiguration()).forEach(accountRegistry::remember);
        return endpoint;
    }

    /** Lists option names only: the value of a misspelt apiKey must not end up in the log. */
    @Override
    protected void validateParameters(String uri, Map<String, Object> parameters, String optionPrefix) {
        if (!parameters.isEmpty()) {
            throw new ResolveEndpointFailedException(GrokVideoConstants.SCHEME + ":...", "Unknown options "
                    + new TreeSet<>(parameters.keySet()) + ": check their spelling");
        }
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (factory == null) {
            factory = new EngineFactory(getCamelContext(), this, this::storedAccount,
                    () -> AccountBudgets.of(getCamelContext(), accounts));
            accountRegistry = new AccountRegistry(getCamelContext(), () -> accounts, this::findProvider);
            observers = new Observers(getCamelContext(), this::observerSettings, accountRegistry::all, new ConsoleAccounts(this));
            stopSequence = new StopSequence(getCamelContext(), engineLife::started);
            routeStops = new RouteStops(getCamelContext(), engineLife::started);
            autoJobKeys = new AutoJobKeys(getCamelContext());
            quietDetachment = new QuietDetachment(getCamelContext());
        }
        // Fails on a wrong option before the first job.
        observerSettings();
        // Registers again after a shutdown, which removes them.
        getCamelContext().addLifecycleStrategy(stopSequence);
        getCamelContext().getManagementStrategy().addEventNotifier(routeStops);
        WorkScopes.of(getCamelContext()).listen(getCamelContext());
        getCamelContext().addLifecycleStrategy(quietDetachment);
    }

    @Override
    protected void doStart() throws Exception {
        engineLife.start();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        if (factory != null) {
            try {
                engineLife.stop();
            } finally {
                observers.detach();
                publishers.close();
                accountRegistry.stop();
            }
        }
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        // A component that was never initialized has nothing to remove, and may have no context.
        if (factory != null) {
            getCamelContext().getLifecycleStrategies().remove(stopSequence);
            getCamelContext().getManagementStrategy().removeEventNotifier(routeStops);
            getCamelContext().getLifecycleStrategies().remove(quietDetachment);
        }
        super.doShutdown();
    }

    /** {@return the engine, for listeners and operators; started on first use, so a component without endpoints costs nothing} */
    public VideoEngine getEngine() {
        return engineLife.engine();
    }

    /** {@return whether the engine is running} */
    @ManagedAttribute(description = "Whether the engine is running; it starts with the first endpoint")
    public boolean isEngineStarted() {
        return engineLife.started().isPresent();
    }

    /** {@return the gateway of the component's own options; empty if none} */
    @ManagedAttribute(description = "The gateway of the component's own options; empty if none")
    public String getDefaultProvider() {
        return Objects.toString(configuration.getProvider(), "");
    }

    /** {@return the model of the component's own options; empty if the gateway's default} */
    @ManagedAttribute(description = "The model of the component's own options; empty if the gateway's default")
    public String getDefaultModel() {
        return Objects.toString(configuration.getModel(), "");
    }

    /** {@return names of the accounts in use so far, separated by commas} */
    @ManagedAttribute(description = "Names of the accounts in use so far, separated by commas")
    public String getAccountNames() {
        return accountRegistry.all().stream().map(VideoAccount::name).sorted().collect(Collectors.joining(","));
    }

    Optional<VideoEngine> startedEngine() {
        return engineLife.started();
    }

    private VideoEngine observedEngine() {
        VideoEngine engine = createEngine();
        observers.attach(engine);
        return engine;
    }

    private ObserverSettings observerSettings() {
        return new ObserverSettings(configuration.getProvider(), isShowPrompts(), getHealthOpenJobLimit(), getHealthPollLimit(),
                getKeepUndelivered());
    }

    RouteStops routeStops() {
        return routeStops;
    }

    MediaPublisher publisher(String uri) {
        return publishers.of(getCamelContext(), uri);
    }

    Observers observers() {
        return observers;
    }

    QuietDetachment quietDetachment() {
        return quietDetachment;
    }

    AutoJobKeys autoJobKeys() {
        return autoJobKeys;
    }

    DeliveredFiles deliveredFiles() {
        return deliveredFiles;
    }

    CompletedConsumers completedConsumers() {
        return completedConsumers;
    }

    /** The provider name stored with jobs, for a built-in name or #name of a bean; IllegalArgumentException if unknown. */
    String providerName(String provider) {
        return accountRegistry.provider(provider).name();
    }

    /** {@return a new, running engine; tests override this} */
    protected VideoEngine createEngine() {
        return factory.createEngine();
    }

    /**
     * @param  name of a built-in gateway
     * @return      empty = there is none; tests override this method
     */
    protected Optional<VideoProvider> findProvider(String name) {
        return factory.provider(name);
    }

    /** The account that pays for an endpoint's calls; IllegalArgumentException if an option is missing or wrong. */
    VideoAccount account(GrokVideoConfiguration options) {
        return registered(described(options));
    }

    /** Like {@link #account(GrokVideoConfiguration)}, but does not start the engine. */
    VideoAccount described(GrokVideoConfiguration options) {
        AccountSettings own = AccountSettings.of(configuration);
        return accountRegistry.ofEndpoint(
                options.getAccount(), AccountSettings.of(options).withRequestOptionsOf(own), own, getBudget() != null);
    }

    boolean isKnownAfterRestart(GrokVideoConfiguration options) {
        return !accountRegistry.isAnonymous(described(options));
    }

    VideoAccount account(String name) {
        return registered(accountRegistry.stored(name, AccountSettings.of(configuration)));
    }

    /**
     * @param  name stored with a job
     * @return      the account; empty = it is not configured here
     */
    public Optional<VideoAccount> storedAccount(String name) {
        try {
            return Optional.of(accountRegistry.stored(name, AccountSettings.of(configuration)));
        } catch (IllegalArgumentException notHere) {
            return Optional.empty();
        }
    }

    private VideoAccount registered(VideoAccount account) {
        getEngine().register(account);
        return account;
    }

    void warnIfNotDurable(String what) {
        memoryStoreWarning.warn(getEngine().store(), what);
    }

    /** @return the defaults of all endpoints */
    public GrokVideoConfiguration getConfiguration() {
        return configuration;
    }

    /** @return further accounts by name; never null */
    public Map<String, GrokVideoAccount> getAccounts() {
        return accounts;
    }

    /** @param accounts further accounts by name; read on their first use */
    public void setAccounts(Map<String, GrokVideoAccount> accounts) {
        this.accounts = accounts;
    }

    /** @param configuration the defaults of all endpoints */
    public void setConfiguration(GrokVideoConfiguration configuration) {
        this.configuration = configuration;
    }
}
