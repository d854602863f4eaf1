// SPDX-License-Identifier: Apache-2.0
/** Statistics of jobs and of calls to gateways, for JMX, metrics and health checks. Internal. */
package io.github.grokvideo.component.camel.observe.jobs;
