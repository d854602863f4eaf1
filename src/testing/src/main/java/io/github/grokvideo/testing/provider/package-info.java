// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of gateways. API: {@link io.github.grokvideo.testing.provider.VideoProviderContract} and
 * {@link io.github.grokvideo.testing.provider.GatewayCases}. Everything else is internal.
 */
package io.github.grokvideo.testing.provider;
