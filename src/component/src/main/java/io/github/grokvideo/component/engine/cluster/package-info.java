// SPDX-License-Identifier: Apache-2.0
/** Several nodes on one store: takeover from dead nodes, due jobs, and jobs that other nodes change. Internal. */
package io.github.grokvideo.component.engine.cluster;
