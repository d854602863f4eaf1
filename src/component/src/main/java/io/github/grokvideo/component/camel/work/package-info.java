// SPDX-License-Identifier: Apache-2.0
/** One unit of work of an exchange: which call it is, the job that a redelivery continues, and what happens when it ends. Internal. */
package io.github.grokvideo.component.camel.work;
