// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What a login may do over JMX: an allow-list, everything else is refused. Jolokia's policy files have no roles, and without a policy
 * Jolokia allows everything, even stopping the JVM.
 */
public final class JolokiaPolicy implements Restrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.EXEC, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

    private static final Set<String> JOB_READS = Set.of("jobs", "job", "history", "changes", "changed", "newer");
    private static final Set<String> JOB_ACTIONS =
            Set.of("pollNow", "stopWaiting", "cancel", "prioritize", "redeliver", "adopt", "resubmit", "abandon", "retry", "purge");
    private static final Set<String> SPENDING_READS = Set.of("budgets", "spend", "activity");
    private static final Set<String> SPENDING_ACTIONS = Set.of("changeLimit");
    private static final Set<String> PROBLEM_READS = Set.of("counts", "problems");
    /** All for managers. Images come another way: in JSON they would be larger than any other body. */
    private static final Set<String> SUBMIT_ACTIONS = Set.of("offers", "again", "validate", "submit");

    /** Read operations of Hawtio's own tabs, with signatures: {@code dumpRoutesAsXml(boolean)} would show resolved secrets. */
    private static final Map<String, Set<String>> TAB_READS = Map.of(
            "org.apache.camel:context", Set.of("dumpRoutesAsXml()", "dumpRoutesStatsAsXml", "componentNames()"),
            "org.apache.camel:routes", Set.of("dumpRouteAsXml()", "dumpRouteStatsAsXml()"),
            "org.apache.camel:services", Set.of("browse()", "endpointStatistics()", "listTypeConverters()", "listRestServices()"),
            "java.lang:Threading", Set.of("dumpAllThreads(boolean,boolean)"));

    private final Set<String> origins;
    private final Supplier<Role> role;

    /**
     * @param origins allowed origins of requests, such as {@code http://127.0.0.1:8778}, without a trailing slash
     * @param login   provides the role
     */
    public JolokiaPolicy(Set<String> origins, CurrentLogin login) {
        this(origins, () -> login.role().orElse(null));
    }

    JolokiaPolicy(Set<String> origins, Supplier<Role> role) {
        this.origins = Set.copyOf(origins);
        this.role = role;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return may(Role.VIEWER) && ReadableAttributes.has(name, attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        if (name.isPattern()) {
            return false;
        }
        String plain = operation.replace(" ", "");
        int signature = plain.indexOf('(');
        String simpleName = signature < 0 ? plain : plain.substring(0, signature);
        String type = name.getKeyProperty("type");
        if (isService(name, "VideoJobs")) {
            return may(simpleName, JOB_READS, JOB_ACTIONS);
        }
        if (isService(name, "VideoSpending")) {
            return may(simpleName, SPENDING_READS, SPENDING_ACTIONS);
        }
        if (isService(name, "VideoProblems")) {
            return may(simpleName, PROBLEM_READS, Set.of());
        }
        if (isSubmit(name)) {
            return may(simpleName, Set.of(), SUBMIT_ACTIONS);
        }
        if (name.getDomain().equals("hawtio") && "security".equals(type)) {
            return Set.of("canInvoke", "list").contains(simpleName) && may(Role.VIEWER);
        }
        return TAB_READS.getOrDefault(name.getDomain() + ":" + type, Set.of()).contains(plain) && may(Role.VIEWER);
    }

    /** Always true: the caller has already logged in, so the address does not matter. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** A request must come from the console's own page, as shown by its Origin or its Referer, which has a path. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return origin != null && (origins.contains(origin) || origins.stream().anyMatch(own -> origin.startsWith(own + "/")));
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !may(Role.VIEWER) || !ReadableAttributes.has(name);
    }

    /** True, since a TLS proxy connects over HTTP; {@link #isOriginAllowed} compares the scheme. */
    @Override
    public boolean ignoreScheme() {
        return true;
    }

    /** Whether it is the MBean that makes videos for people. */
    public static boolean isSubmit(ObjectName name) {
        return !name.isPattern() && isService(name, "VideoSubmit");
    }

    private static boolean isService(ObjectName name, String begin) {
        String service = name.getKeyProperty("name");
        return name.getDomain().equals("org.apache.camel") && "services".equals(name.getKeyProperty("type"))
                && service != null && service.startsWith(begin);
    }

    private boolean may(String operation, Set<String> reads, Set<String> actions) {
        return reads.contains(operation) && may(Role.VIEWER) || actions.contains(operation) && may(Role.MANAGER);
    }

    private boolean may(Role needed) {
        Role actual = role.get();
        return actual != null && actual.includes(needed);
    }
}
