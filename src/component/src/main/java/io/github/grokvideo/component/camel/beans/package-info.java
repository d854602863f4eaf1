// SPDX-License-Identifier: Apache-2.0
/** Small beans for routes: read a request from outside, report an outcome, answer an HTTP request that failed. */
package io.github.grokvideo.component.camel.beans;
