// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import io.hawt.jmx.JMXSecurityMBean;

/**
 * Tells Hawtio's page which operations the policy refuses to the current login, so that their buttons are disabled instead of failing. It
 * permits nothing: that is the policy's work. Thread-safe.
 */
public final class InvokeRights implements JMXSecurityMBean, AutoCloseable {

    /** Hawtio's page searches for type and area, and prefers any name to that of Hawtio's own, which says yes to everything. */
    private static final String NAME = "hawtio:type=security,area=jmx,name=GrokVideoInvokeRights";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final JolokiaPolicy policy;
    private final ObjectName name;
    /** Whether the rights are these, and not those of another console in this JVM. */
    private final boolean registered;

    /** Registers the rights for as long as this is open. */
    public InvokeRights(JolokiaPolicy policy) {
        this.policy = policy;
        try {
            name = new ObjectName(NAME);
            registered = !server.isRegistered(name);
            if (registered) {
                server.registerMBean(new StandardMBean(this, JMXSecurityMBean.class), name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("The rights of logins cannot be registered in JMX", e);
        }
    }

    @Override
    public void close() {
        try {
            if (registered && server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("The rights of logins cannot be removed from JMX", e);
        }
    }

    /** Whether any operation may be called: each is asked for by itself. */
    @Override
    public boolean canInvoke(String mbean) throws JMException {
        return !policy.isObjectNameHidden(new ObjectName(mbean));
    }

    @Override
    public boolean canInvoke(String mbean, String operation) throws JMException {
        return policy.isOperationAllowed(new ObjectName(mbean), operation);
    }

    @Override
    public boolean canInvoke(String mbean, String operation, String[] types) throws JMException {
        return canInvoke(mbean, operation + "(" + String.join(",", types) + ")");
    }

    @Override
    public TabularData canInvoke(Map<String, List<String>> operations) throws JMException {
        TabularData rights = new TabularDataSupport(CAN_INVOKE_TABULAR_TYPE);
        for (Map.Entry<String, List<String>> one : operations.entrySet()) {
            for (String operation : one.getValue()) {
                put(rights, one.getKey(), operation, canInvoke(one.getKey(), operation));
            }
            if (one.getValue().isEmpty()) {
                put(rights, one.getKey(), "", canInvoke(one.getKey()));
            }
        }
        return rights;
    }

    private static void put(TabularData rights, String mbean, String operation, boolean allowed) throws OpenDataException {
        CompositeDataSupport row = new CompositeDataSupport(CAN_INVOKE_RESULT_ROW_TYPE, CAN_INVOKE_RESULT_COLUMNS,
                new Object[] {mbean, operation, allowed});
        if (!rights.containsKey(rights.calculateIndex(row))) {
            rights.put(row);
        }
    }
}
