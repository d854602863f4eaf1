package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import io.github.grokvideo.component.camel.observe.ObserverSettings;
import io.github.grokvideo.component.camel.observe.Observers;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generates videos with Grok Imagine through xAI and its gateways. One engine serves all endpoints of a component. */
@Component(GrokVideoConstants.SCHEME)
public class GrokVideoComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(GrokVideoComponent.class);

    @Metadata(description = "The options every endpoint starts from.")
    private GrokVideoConfiguration configuration = new GrokVideoConfiguration();
    @Metadata(label = "advanced", defaultValue = "memory",
              description = "Where jobs are kept: memory, for the life of the JVM; #name of a javax.sql.DataSource (H2 file or"
                            + " PostgreSQL) or of an own JobStore; or jdbc, the only DataSource in the registry.")
    private Object jobStore;
    @Metadata(label = "advanced", defaultValue = "true",
              description = "Whether the table of a jobStore that is a DataSource is made, and brought up to date, with Flyway."
                            + " If false the files in db/grokvideo of the jar are run by you.")
    private boolean createSchema = true;
    @Metadata(label = "advanced", defaultValue = "${java.io.tmpdir}/grokvideo",
              description = "Where videos are downloaded to and kept until they are delivered.")
    private String workDirectory = System.getProperty("java.io.tmpdir") + "/grokvideo";
    @Metadata(label = "advanced", defaultValue = "32",
              description = "Threads for calls to gateways, downloads and the job store, 1 or more. Waiting jobs need none.")
    private int ioThreads = 32;
    @Metadata(label = "advanced", defaultValue = "60s",
              description = "How long one submit may take, from the connection to the last byte of the answer.")
    private Duration submitTimeout = Duration.ofSeconds(60);
    @Metadata(label = "advanced", defaultValue = "60s",
              description = "How long a submit is repeated that provably created nothing, for example after HTTP 429. 0 = never.")
    private Duration submitRetryTimeout = Duration.ofSeconds(60);
    @Metadata(label = "advanced", defaultValue = "10s",
              description = "How long a connection to a gateway may take to be made.")
    private Duration connectTimeout = Duration.ofSeconds(10);
    @Metadata(label = "advanced", defaultValue = "30m",
              description = "How long one attempt of a download may take.")
    private Duration downloadTimeout = Duration.ofMinutes(30);
    @Metadata(label = "advanced", defaultValue = "30s",
              description = "How long a download may go without a byte.")
    private Duration downloadIdleTimeout = Duration.ofSeconds(30);
    @Metadata(label = "advanced", defaultValue = "2147483648",
              description = "Largest video that is downloaded, in bytes. Default 2 GiB.")
    private long maxFileSize = 2L * 1024 * 1024 * 1024;
    @Metadata(label = "advanced", defaultValue = "7d",
              description = "How long a downloaded video is kept whose work has not succeeded.")
    private Duration keepUndelivered = Duration.ofDays(7);
    @Metadata(label = "advanced", defaultValue = "30d",
              description = "How long jobs that have ended, and with them their jobKey, are remembered."
                            + " Must be longer than the source of the messages may deliver them again.")
    private Duration keepKeys = Duration.ofDays(30);

    @Metadata(label = "advanced", defaultValue = "false",
              description = "Whether JMX and consoles show prompts, negative prompts and additional fields.")
    private boolean showPrompts;
    @Metadata(label = "advanced", defaultValue = "2d",
              description = "How long a job may be open before the health check grokvideo-open-jobs is down.")
    private Duration healthOpenJobLimit = Duration.ofHours(48);

    private final AtomicBoolean warned = new AtomicBoolean();
    private final EngineLife engineLife = new EngineLife(this::observedEngine);
    private EngineFactory factory;
    private AccountRegistry accounts;
    private Observers observers;
    private StopSequence stopSequence;

    public GrokVideoComponent() {
    }

    public GrokVideoComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GrokVideoEndpoint endpoint = new GrokVideoEndpoint(uri, this, operation(uri, remaining), configuration.copy());
        Map<String, Object> additional = PropertiesHelper.extractProperties(parameters, "additionalFields.");
        if (!additional.isEmpty()) {
            endpoint.getConfiguration().addAdditionalFields(additional);
        }
        // Camel would put the text of the bean in place of #bean:name.
        Object provider = parameters.remove("provider");
        if (provider != null) {
            endpoint.getConfiguration().setProvider(provider.toString());
        }
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static GrokVideoOperation operation(String uri, String remaining) {
        try {
            return GrokVideoOperation.valueOf(remaining);
        } catch (IllegalArgumentException e) {
            throw new ResolveEndpointFailedException(uri, "The operation '" + remaining + "' is not one of "
                    + java.util.Arrays.toString(GrokVideoOperation.values()));
        }
    }

    /** Names the options without their values: a misspelt apiKey must not end up in the log. */
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
            factory = new EngineFactory(getCamelContext(), this);
            accounts = new AccountRegistry(getCamelContext(), this::findProvider);
            observers = new Observers(getCamelContext(), this::observerSettings, accounts::all);
            stopSequence = new StopSequence(getCamelContext(), engineLife::started);
        }
        // A wrong option is told before the first job.
        observerSettings();
        // Again after a shutdown, which has removed it.
        getCamelContext().addLifecycleStrategy(stopSequence);
    }

    @Override
    protected void doStart() throws Exception {
        engineLife.start();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            engineLife.stop();
        } finally {
            observers.detach();
        }
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getLifecycleStrategies().remove(stopSequence);
        super.doShutdown();
    }

    /** The engine, for listeners and operators; begun on first use so that a component without endpoints costs nothing. */
    public VideoEngine getEngine() {
        return engineLife.engine();
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
        return new ObserverSettings(configuration.getProvider(), showPrompts, healthOpenJobLimit);
    }

    Observers observers() {
        return observers;
    }

    /** Makes the engine; a test brings its own. */
    protected VideoEngine createEngine() {
        return factory.createEngine();
    }

    /** Finds a built-in gateway; a test brings its own. */
    protected Optional<VideoProvider> findProvider(String name) {
        return factory.provider(name);
    }

    /**
     * @param  options of an endpoint
     * @return         who pays for its calls unless a header names another account
     * @throws IllegalArgumentException saying which option is missing or wrong
     */
    VideoAccount account(GrokVideoConfiguration options) {
        return registered(described(options));
    }

    /** Like {@link #account(GrokVideoConfiguration)}, for people who look and spend nothing: no engine is begun. */
    VideoAccount described(GrokVideoConfiguration options) {
        AccountSettings own = AccountSettings.of(configuration);
        AccountSettings asked = AccountSettings.of(options).withModel(own.model());
        String name = options.getAccount();
        if (name != null && !name.isBlank() && !name.equals(AccountRegistry.DEFAULT)) {
            if (!asked.equals(own)) {
                throw new IllegalArgumentException("account=" + name + " brings its own provider, key, base URL and limits:"
                        + " these options must not be on the endpoint as well");
            }
            return accounts.byName(name);
        }
        return asked.equals(own) ? accounts.byDefault(own) : accounts.ofEndpoint(asked);
    }

    /** Whether a restarted program finds the account of these options again. */
    boolean isKnownAfterRestart(GrokVideoConfiguration options) {
        return !accounts.isAnonymous(described(options));
    }

    /** @throws IllegalArgumentException where there is no such account */
    VideoAccount account(String name) {
        return registered(name.equals(AccountRegistry.DEFAULT)
                ? accounts.byDefault(AccountSettings.of(configuration)) : accounts.byName(name));
    }

    private VideoAccount registered(VideoAccount account) {
        getEngine().register(account);
        return account;
    }

    /** Says once that what was asked for does not outlive the JVM. */
    void warnIfNotDurable(String what) {
        if (!getEngine().store().isDurable() && warned.compareAndSet(false, true)) {
            LOG.warn("{} is used with the job store in memory: jobs and their keys are forgotten when the JVM ends. Set jobStore to"
                    + " keep them.", what);
        }
    }

    public GrokVideoConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(GrokVideoConfiguration configuration) {
        this.configuration = configuration;
    }

    public Object getJobStore() {
        return jobStore;
    }

    public void setJobStore(Object jobStore) {
        this.jobStore = jobStore;
    }

    public boolean isCreateSchema() {
        return createSchema;
    }

    public void setCreateSchema(boolean createSchema) {
        this.createSchema = createSchema;
    }

    public String getWorkDirectory() {
        return workDirectory;
    }

    public void setWorkDirectory(String workDirectory) {
        this.workDirectory = workDirectory;
    }

    public int getIoThreads() {
        return ioThreads;
    }

    public void setIoThreads(int ioThreads) {
        this.ioThreads = ioThreads;
    }

    public Duration getSubmitTimeout() {
        return submitTimeout;
    }

    public void setSubmitTimeout(Duration submitTimeout) {
        this.submitTimeout = submitTimeout;
    }

    public Duration getSubmitRetryTimeout() {
        return submitRetryTimeout;
    }

    public void setSubmitRetryTimeout(Duration submitRetryTimeout) {
        this.submitRetryTimeout = submitRetryTimeout;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getDownloadTimeout() {
        return downloadTimeout;
    }

    public void setDownloadTimeout(Duration downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
    }

    public Duration getDownloadIdleTimeout() {
        return downloadIdleTimeout;
    }

    public void setDownloadIdleTimeout(Duration downloadIdleTimeout) {
        this.downloadIdleTimeout = downloadIdleTimeout;
    }

    public long getMaxFileSize() {
        return maxFileSize;
    }

    public void setMaxFileSize(long maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    public Duration getKeepUndelivered() {
        return keepUndelivered;
    }

    public void setKeepUndelivered(Duration keepUndelivered) {
        this.keepUndelivered = keepUndelivered;
    }

    public Duration getKeepKeys() {
        return keepKeys;
    }

    public void setKeepKeys(Duration keepKeys) {
        this.keepKeys = keepKeys;
    }

    public boolean isShowPrompts() {
        return showPrompts;
    }

    public void setShowPrompts(boolean showPrompts) {
        this.showPrompts = showPrompts;
    }

    public Duration getHealthOpenJobLimit() {
        return healthOpenJobLimit;
    }

    public void setHealthOpenJobLimit(Duration healthOpenJobLimit) {
        this.healthOpenJobLimit = healthOpenJobLimit;
    }
}
