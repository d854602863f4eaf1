// SPDX-License-Identifier: Apache-2.0
/** The gateways that speak the OpenAI videos dialect. Internal. */
package io.github.grokvideo.component.provider.openai;
