/**
 * How jobs are observed: events, log lines, JMX, developer console, health checks, metrics and traces. Internal, except for {@code
 * GrokVideoJobEvent}.
 */
package io.github.grokvideo.component.camel.observe;
