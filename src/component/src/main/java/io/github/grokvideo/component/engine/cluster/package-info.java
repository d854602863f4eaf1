// SPDX-License-Identifier: Apache-2.0
/** Several nodes on one store: takeover of ended nodes, jobs that are due, jobs that another node changes. Internal. */
package io.github.grokvideo.component.engine.cluster;
