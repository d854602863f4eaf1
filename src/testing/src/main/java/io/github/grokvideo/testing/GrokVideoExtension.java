// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.job.SimulatedJob;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension with a simulated gateway for tests of routes: no key, no money, videos in about a second.
 *
 * <pre>{@code
 * @RegisterExtension
 * static GrokVideoExtension video = GrokVideoExtension.create();
 *
 * @Override
 * protected CamelContext createCamelContext() throws Exception {
 *     CamelContext context = super.createCamelContext();
 *     video.configure(context);
 *     return context;
 * }
 * }</pre>
 *
 * <p>In a static field the simulator runs for the test class, and each test begins without the jobs, requests and faults of the one before;
 * the tests of the class must not run concurrently. In an instance field each test has its own simulator, or the class if its lifecycle is
 * {@code PER_CLASS}. The simulator starts when it is first needed, even before JUnit calls the extension, and stops after the class or the
 * test, when the other extensions have ended theirs. An extension that several classes share, in a static field of their base class, starts
 * again at the same port if that is still free, since a cached application may know it.
 *
 * <p>Methods throw {@link java.io.UncheckedIOException} or {@link java.util.NoSuchElementException} if the simulator cannot start or there
 * is no such gateway. No method accepts or returns null. Thread-safe.
 */
public final class GrokVideoExtension implements BeforeAllCallback, BeforeEachCallback, AutoCloseable {

    private static final String PREFIX = "camel.component.grokvideo.";
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(GrokVideoExtension.class);

    private final ExtensionSettings settings;
    /** Null while it is stopped. */
    private SimulatedGateway running;
    /** Of the last one that was closed; null = none. */
    private SimulatedGateway.Place earlier;
    /** Whether JUnit will stop the simulator. */
    private boolean bound;
    /** Whether no test has begun since the simulator was started. */
    private boolean fresh;

    GrokVideoExtension(ExtensionSettings settings) {
        this.settings = settings;
    }

    /** {@return an extension with the gateway {@code xai} and videos that take 300 ms} */
    public static GrokVideoExtension create() {
        return builder().build();
    }

    /** {@return a builder with the defaults of {@link #create()}} */
    public static GrokVideoExtensionBuilder builder() {
        return new GrokVideoExtensionBuilder();
    }

    /**
     * Called by JUnit for a static field.
     *
     * @param context of the test class
     */
    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        bind(context);
    }

    /**
     * Called by JUnit before each test.
     *
     * @param context of the test
     */
    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        bind(context);
        // What the application did while it started belongs to the first test.
        if (!fresh) {
            reset();
        }
        fresh = false;
    }

    /** Not an AfterEachCallback: those of a superclass, which stop its Camel context, would be called later. */
    private void bind(ExtensionContext context) {
        running();
        if (!bound) {
            bound = true;
            context.getStore(NAMESPACE).put(this, new Closing(this));
        }
    }

    /**
     * Lets the component {@code grokvideo} of a context use the simulator. Call it before the context starts. Options of an endpoint
     * override those set here.
     *
     * @param context any
     * @return the component, for further options
     * @throws IllegalStateException if the component has been used already
     */
    public GrokVideoComponent configure(CamelContext context) {
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        if (component.isEngineStarted()) {
            throw new IllegalStateException("The component grokvideo has been used already: configure the context before it starts");
        }
        PropertyBindingSupport.build().withCamelContext(context).withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer()).withIgnoreCase(true).withMandatory(true)
                .withProperties(new LinkedHashMap<>(running().options())).bind();
        return component;
    }

    /**
     * {@return the options of {@link #configure} as properties of an application, {@code camel.component.grokvideo.provider} and so on; an
     * unmodifiable map}
     */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        running().options().forEach((name, value) -> properties.put(PREFIX + name, value));
        return Collections.unmodifiableMap(properties);
    }

    /**
     * Passes on the {@link #properties()}, for Spring: {@code video.register(registry::add)}.
     *
     * @param registry takes the name of a property and its value
     */
    public void register(BiConsumer<String, Supplier<Object>> registry) {
        properties().forEach((name, value) -> registry.accept(name, () -> value));
    }

    /** {@return the jobs that the gateways have created since the test began, oldest first; all of them are charged} */
    public List<SimulatedJob> jobs() {
        return simulator().jobs();
    }

    /**
     * Checks that exactly one job was charged since the test began. Like all assertions it does not wait: assert first that the message of
     * the route has arrived.
     *
     * @throws AssertionError if none or several were charged; lists them
     */
    public void assertPaidOnce() {
        assertPaid(1);
    }

    /**
     * Checks how many jobs were charged since the test began. A charge that was refunded counts.
     *
     * @param jobs 0 or more
     * @throws AssertionError if fewer or more were charged; lists them
     */
    public void assertPaid(int jobs) {
        new PaidJobs(simulator()).mustBe(jobs);
    }

    /**
     * Checks that no job was charged since the test began.
     *
     * @throws AssertionError if one was charged; lists them
     */
    public void assertNothingPaid() {
        assertPaid(0);
    }

    /** {@return what is to go wrong in this test, for example {@code video.faults().add("poll-503")}} */
    public FaultPlan faults() {
        return simulator().faults();
    }

    /** {@return the simulator, running, for everything else} */
    public GrokVideoSimulator simulator() {
        return running().simulator();
    }

    /** Removes the simulator's jobs, charges, requests and faults. JUnit does this before each test; without it, do it yourself. */
    public void reset() {
        simulator().reset();
    }

    /**
     * Stops the simulator and deletes the component's work directory. JUnit does this after the test or the class; without it, do it
     * yourself. The next use starts the simulator again.
     */
    @Override
    public synchronized void close() {
        SimulatedGateway closing = running;
        bound = false;
        if (closing != null) {
            running = null;
            earlier = closing.place();
            closing.close();
        }
    }

    private synchronized SimulatedGateway running() {
        if (running == null) {
            running = SimulatedGateway.start(settings, earlier);
            fresh = true;
        }
        return running;
    }

    /** JUnit before 5.13 closes a CloseableResource only, later versions prefer an AutoCloseable. */
    @SuppressWarnings("deprecation")
    private record Closing(GrokVideoExtension extension) implements ExtensionContext.Store.CloseableResource, AutoCloseable {

        @Override
        public void close() {
            extension.close();
        }
    }
}
