// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers the Video Jobs tab in JMX, where Hawtio's page looks for plugins. */
public final class TabPlugin implements AutoCloseable {

    private final ObjectName name;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** Registers the plugin for as long as this is open. */
    public TabPlugin() {
        try {
            name = new ObjectName("hawtio:type=plugin,name=grokvideo");
            if (!server.isRegistered(name)) {
                server.registerMBean(new Plugin(), name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("The Video Jobs tab cannot be registered in JMX", e);
        }
    }

    @Override
    public void close() {
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("The Video Jobs tab cannot be removed from JMX", e);
        }
    }

    /** The attributes that Hawtio's PluginServlet reads. */
    public interface PluginMBean {

        /** Relative to the page; not empty, which would count as missing. */
        String getUrl();

        String getScope();

        String getModule();

        String getRemoteEntryFileName();

        Boolean getBustRemoteEntryCache();

        String getPluginEntry();
    }

    private static final class Plugin implements PluginMBean {

        @Override
        public String getUrl() {
            return "plugins/grokvideo";
        }

        @Override
        public String getScope() {
            return "grokvideo";
        }

        @Override
        public String getModule() {
            return "./plugin";
        }

        @Override
        public String getRemoteEntryFileName() {
            return "remoteEntry.js";
        }

        @Override
        public Boolean getBustRemoteEntryCache() {
            return false;
        }

        @Override
        public String getPluginEntry() {
            return "plugin";
        }
    }
}
