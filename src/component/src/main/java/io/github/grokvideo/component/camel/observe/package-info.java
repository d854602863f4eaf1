/** How jobs are observed: events, log lines, JMX, developer console, health checks, metrics and traces. */
package io.github.grokvideo.component.camel.observe;
