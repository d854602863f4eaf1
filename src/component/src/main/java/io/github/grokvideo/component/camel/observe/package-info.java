/** What people and tools see of the jobs: events, log lines, JMX, dev console, health checks, metrics and traces. Changes nothing. */
package io.github.grokvideo.component.camel.observe;
