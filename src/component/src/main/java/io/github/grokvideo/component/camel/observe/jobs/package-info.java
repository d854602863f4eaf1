// SPDX-License-Identifier: Apache-2.0
/** What is remembered of jobs and of calls to gateways, for JMX, metrics and health. Internal. */
package io.github.grokvideo.component.camel.observe.jobs;
